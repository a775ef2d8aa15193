import { Signal, type ISignal } from '@lumino/signaling';

import type { Opening } from './applications/opening.js';
import { DesktopError, refused, type IDesktops } from './client.js';
import type { DesktopOptions, DesktopState } from './state.js';
import type { DesktopInfo, Ended } from './wire.js';

/** How long to wait before each try to connect again, ms. The last one repeats. */
export const RETRY_DELAYS = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/** How long to look for the reason of a loss before it is said, ms. */
const SAY_LOST_AFTER = 1_000;

/** How often to ask whether a crashed display is there again, ms. */
export const RESTART_POLL = 1_000;

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
  ) {
    this.wasThere = options.restored ?? false;
  }

  get state(): DesktopState {
    return this._state;
  }

  /** Emitted when {@link state} has changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Emitted when its display has crashed and come back, with its programs anew. */
  get fell(): ISignal<this, void> {
    return this._fell;
  }

  get name(): string {
    return this.options.name;
  }

  get program(): string {
    return this.options.program;
  }

  /** With what it is opened when it starts. */
  get opening(): Opening {
    return this.options.opening ?? {};
  }

  /** Since when there is no connection though there was one (ms since the epoch). */
  get lostSince(): number | null {
    return this._lostSince;
  }

  /** What the gateway last said of it. */
  get info(): DesktopInfo | null {
    return this._info;
  }

  /** The gateway has told something of it. */
  note(info: DesktopInfo): void {
    this._info = info;
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
        this.setEnded(task, null);
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
      this.wasThere = false;
      this.setEnded(task, null);
    });
  }

  /** The viewer is connected. */
  connected(): void {
    this.attempt = 0;
    this._lostSince = null;
    this.setState(this.task, { kind: 'connected' });
  }

  /** The viewer has lost the desktop: find out why, and connect again if it runs. */
  async disconnected(): Promise<void> {
    if (this.isDisposed) {
      return;
    }
    this._lostSince ??= Date.now();
    const since = this._lostSince;
    const task = this.newTask();
    // The picture stands still while the reason is looked for, and that is to be said.
    const slow = setTimeout(
      () => this.setState(task, { kind: 'lost', since, retryAt: Date.now() }),
      SAY_LOST_AFTER,
    );
    try {
      const found = await this.find();
      if (found?.state !== 'running' && found?.state !== 'starting') {
        await this.follow(task, found);
        return;
      }
    } catch (error) {
      if (!(error instanceof DesktopError)) {
        throw error; // A fault of ours: let it be seen.
      }
    } finally {
      clearTimeout(slow);
    }
    this.retryLater(task);
  }

  /** Tries now to connect again, instead of later. */
  async retry(): Promise<void> {
    const task = this.newTask();
    try {
      await this.follow(task, await this.find());
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
    this._lostSince ??= Date.now();
    const since = this._lostSince;
    if (
      this.setState(task, { kind: 'lost', since, retryAt: Date.now() + delay })
    ) {
      this.timer = setTimeout(() => void this.retry(), delay);
    }
  }

  private async find(): Promise<DesktopInfo | undefined> {
    const all = await this.desktops.list();
    return all.find((desktop) => desktop.name === this.name);
  }

  private async startNow(task: number): Promise<void> {
    this.setState(task, { kind: 'starting' });
    const { width, height } = this.options.size();
    const { name, program, opening } = this.options;
    const wish = { name, program, width, height, ...opening };
    this.knownRestarts = null;
    const started = await this.desktops.start(wish).catch(refused);
    if (!(started instanceof DesktopError)) {
      await this.follow(task, started);
    } else if (!(await this.sayMissing(task))) {
      throw started;
    }
  }

  /** Says what is missing; false if nothing is, so that it was refused for another reason. */
  private async sayMissing(task: number): Promise<boolean> {
    const { programs, parts } = await this.desktops.programs();
    const own = programs.find((each) => each.id === this.program);
    const missing = own?.missing ?? [];
    return (
      missing.length > 0 &&
      this.setState(task, { kind: 'missing', missing, parts })
    );
  }

  private async follow(
    task: number,
    desktop: DesktopInfo | undefined,
  ): Promise<void> {
    this._info = desktop ?? null;
    if (!desktop || desktop.state === 'ended') {
      this.setEnded(task, desktop?.ended ?? null);
      return;
    }
    this.wasThere = true;
    if (desktop.state === 'restarting') {
      const { restart } = desktop;
      this._lostSince = null;
      if (this.setState(task, { kind: 'restarting', restart })) {
        this.timer = setTimeout(() => void this.retry(), RESTART_POLL);
      }
      return;
    }
    const url = await this.desktops.address(this.name);
    if (this.setState(task, { kind: 'connecting', url })) {
      this.noteRestarts(desktop.restarts);
    }
  }

  private noteRestarts(restarts: number): void {
    const known = this.knownRestarts;
    this.knownRestarts = restarts;
    if (known !== null && restarts > known) {
      this._fell.emit();
    }
  }

  private setEnded(task: number, ended: Ended | null): void {
    const { wasThere } = this;
    this._lostSince = null;
    this.setState(task, { kind: 'ended', ended, wasThere });
  }

  /** Does `work` in place of what was under way; a failure becomes the state. */
  private async run(
    first: DesktopState,
    work: (task: number) => Promise<void>,
  ): Promise<void> {
    const task = this.newTask();
    this.attempt = 0;
    this._lostSince = null;
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
  private _info: DesktopInfo | null = null;
  private readonly _changed = new Signal<this, void>(this);
  private readonly _fell = new Signal<this, void>(this);
  private _isDisposed = false;
  private task = 0;
  private attempt = 0;
  private _lostSince: number | null = null;
  private knownRestarts: number | null = null;
  private wasThere: boolean;
  private timer: ReturnType<typeof setTimeout> | undefined;
}
