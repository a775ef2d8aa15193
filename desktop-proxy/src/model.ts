import { Signal, type ISignal } from '@lumino/signaling';

import { DesktopError, type IDesktops } from './client.js';
import type { DesktopInfo, Ended, Part } from './wire.js';

export type DesktopState =
  /** Asks whether it runs. */
  | { kind: 'checking' }
  | { kind: 'starting' }
  /** Runs; a viewer is to connect to `url`, which is good once. */
  | { kind: 'connecting'; url: string }
  | { kind: 'connected' }
  /** Runs on, as far as we know; tried again at `retryAt` (ms since the epoch). */
  | { kind: 'lost'; retryAt: number }
  /** `ended` is null if it never ran in this session. */
  | { kind: 'ended'; ended: Ended | null }
  | { kind: 'missing'; missing: string[]; parts: Part[] }
  | { kind: 'failed'; message: string };

/** How long to wait before each try to connect again, ms. The last one repeats. */
export const RETRY_DELAYS = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

export interface DesktopOptions {
  name: string;
  /** Id of its program. */
  program: string;
  /** The room that there is for the picture, pixels. */
  size: () => { width: number; height: number };
}

/**
 * One desktop as a tab shows it. Knows the gateway, knows nothing of the DOM.
 *
 * The viewer connects when the state is `connecting`, and reports with
 * {@link connected} and {@link disconnected}.
 */
export class DesktopModel {
  constructor(
    private readonly desktops: IDesktops,
    private readonly options: DesktopOptions,
  ) {}

  get state(): DesktopState {
    return this._state;
  }

  /** Emitted when {@link state} has changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get name(): string {
    return this.options.name;
  }

  get program(): string {
    return this.options.program;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    this.newTask();
    Signal.clearData(this);
  }

  /**
   * Connects to the desktop if it runs.
   *
   * @param start - Whether to start it if it does not.
   */
  open(start: boolean): Promise<void> {
    return this.run({ kind: 'checking' }, async (task) => {
      const found = await this.find();
      if (found && (found.state !== 'ended' || !start)) {
        await this.follow(task, found);
      } else if (start) {
        await this.startNow(task);
      } else {
        this.setState(task, { kind: 'ended', ended: null });
      }
    });
  }

  /** Starts it; gives the running one if it runs. */
  start(): Promise<void> {
    return this.run({ kind: 'starting' }, (task) => this.startNow(task));
  }

  /** Ends it with all that is on it, and starts it anew. */
  restart(): Promise<void> {
    return this.run({ kind: 'starting' }, async (task) => {
      await this.desktops.shutDown(this.name);
      await this.startNow(task);
    });
  }

  /** Ends it with all that is on it. */
  shutDown(): Promise<void> {
    return this.run({ kind: 'checking' }, async (task) => {
      await this.desktops.shutDown(this.name);
      this.setState(task, { kind: 'ended', ended: null });
    });
  }

  /** The viewer has shown the first picture. */
  connected(): void {
    this.attempt = 0;
    this.setState(this.task, { kind: 'connected' });
  }

  /** The viewer has lost the desktop: find out why, and connect again if it runs. */
  async disconnected(): Promise<void> {
    if (this.isDisposed) {
      return;
    }
    const task = this.newTask();
    try {
      const found = await this.find();
      if (!found || found.state === 'ended') {
        const ended = found?.ended ?? null;
        this.setState(task, { kind: 'ended', ended });
        return;
      }
    } catch (error) {
      if (!(error instanceof DesktopError)) {
        throw error; // A fault of ours: let it be seen.
      }
    }
    this.retryLater(task);
  }

  /** Tries now to connect again, instead of later. */
  async retry(): Promise<void> {
    const task = this.newTask();
    try {
      const found = await this.find();
      await this.follow(task, found);
    } catch (error) {
      if (!(error instanceof DesktopError)) {
        throw error;
      }
      this.retryLater(task);
    }
  }

  private retryLater(task: number): void {
    const last = RETRY_DELAYS.length - 1;
    const delay = RETRY_DELAYS[Math.min(this.attempt, last)] ?? 0;
    this.attempt += 1;
    if (this.setState(task, { kind: 'lost', retryAt: Date.now() + delay })) {
      this.timer = setTimeout(() => void this.retry(), delay);
    }
  }

  private async find(): Promise<DesktopInfo | undefined> {
    const all = await this.desktops.list();
    return all.find((desktop) => desktop.name === this.name);
  }

  private async startNow(task: number): Promise<void> {
    this.setState(task, { kind: 'starting' });
    const { programs, parts } = await this.desktops.programs();
    const missing =
      programs.find((each) => each.id === this.program)?.missing ?? [];
    if (missing.length > 0) {
      this.setState(task, { kind: 'missing', missing, parts });
      return;
    }
    const { width, height } = this.options.size();
    const wish = { name: this.name, program: this.program, width, height };
    await this.follow(task, await this.desktops.start(wish));
  }

  private async follow(
    task: number,
    desktop: DesktopInfo | undefined,
  ): Promise<void> {
    if (!desktop || desktop.state === 'ended') {
      const ended = desktop?.ended ?? null;
      this.setState(task, { kind: 'ended', ended });
      return;
    }
    const url = await this.desktops.address(this.name);
    this.setState(task, { kind: 'connecting', url });
  }

  /** Does `work` in place of what was under way; a failure becomes the state. */
  private async run(
    first: DesktopState,
    work: (task: number) => Promise<void>,
  ): Promise<void> {
    const task = this.newTask();
    this.attempt = 0;
    this.setState(task, first);
    try {
      await work(task);
    } catch (error) {
      if (!(error instanceof DesktopError)) {
        throw error;
      }
      this.setState(task, { kind: 'failed', message: error.message });
    }
  }

  /** What an older task finds out later is not heard any more. */
  private newTask(): number {
    clearTimeout(this.timer);
    this.task += 1;
    return this.task;
  }

  private setState(task: number, state: DesktopState): boolean {
    if (task !== this.task || this.isDisposed) {
      return false;
    }
    this._state = state;
    this._changed.emit();
    return true;
  }

  private _state: DesktopState = { kind: 'checking' };
  private readonly _changed = new Signal<this, void>(this);
  private _isDisposed = false;
  private task = 0;
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
}
