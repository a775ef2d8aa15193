import { Signal, type ISignal } from '@lumino/signaling';

import { ConnectionMeter, type ConnectionFigures } from './meter.js';
import { Pulse } from './pulse.js';
import { QualityChooser, type Levels, type Quality } from './quality.js';

const SECOND = 1_000;

export interface VitalsOptions {
  /** Asks the gateway to answer with the same number. */
  ping: (n: number) => void;
  /** Told that nothing comes any more. */
  dead: () => void;
  /** Told how good pictures are to be, when that changes by itself. */
  adapt: (levels: Levels) => void;
}

/** How a connection does while somebody looks, and how good pictures can be on it. */
export class Vitals {
  constructor(private readonly options: VitalsOptions) {
    const { ping, dead } = options;
    const answered = (ms: number) => this.meter.answered(ms);
    this.pulse = new Pulse({ ping, dead, answered });
  }

  /** Emitted each second while watching. */
  get measured(): ISignal<this, void> {
    return this._measured;
  }

  get figures(): ConnectionFigures {
    return this.meter.figures(Date.now());
  }

  /** Emitted when the user has chosen another {@link quality}. */
  get chosen(): ISignal<this, void> {
    return this._chosen;
  }

  /** What the user chose. */
  get quality(): Quality {
    return this.chooser.choice;
  }

  set quality(quality: Quality) {
    this.chooser.choice = quality;
    this.options.adapt(this.levels);
    this._chosen.emit();
  }

  get levels(): Levels {
    return this.chooser.levels;
  }

  /** This is another connection. */
  reset(): void {
    this.meter.reset();
    this.chooser.reset(Date.now());
  }

  watch(): void {
    this.stop();
    this.pulse.start();
    this.timer = setInterval(this.onSecond, SECOND);
  }

  stop(): void {
    clearInterval(this.timer);
    this.pulse.stop();
  }

  received(bytes: number): void {
    this.pulse.heard();
    this.meter.received(bytes, Date.now());
  }

  /** The answer to the ping of that number has come. */
  answered(n: number): void {
    this.pulse.answered(n);
  }

  painted(): void {
    this.meter.painted(Date.now());
  }

  /** Something has happened that connections may not survive. */
  suspect(): void {
    this.pulse.suspect();
  }

  private readonly onSecond = () => {
    const before = this.levels;
    this.chooser.observe(this.figures, Date.now());
    if (this.levels !== before) {
      this.options.adapt(this.levels);
    }
    this._measured.emit();
  };

  private readonly meter = new ConnectionMeter();
  private readonly chooser = new QualityChooser();
  private readonly pulse: Pulse;
  private timer: ReturnType<typeof setInterval> | undefined;
  private readonly _chosen = new Signal<this, void>(this);
  private readonly _measured = new Signal<this, void>(this);
}
