import {
  ApiError,
  type SessionClient,
  type SessionLink,
} from '@beamtime/api-client';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import type { ISessionExperiments } from './tokens.js';

/** Keeps what the session's server said last. */
export class SessionExperiments implements ISessionExperiments, IDisposable {
  private known = new Map<string, SessionLink>();
  private said: readonly string[] = [];
  private readonly underWay = new Map<string, Promise<SessionLink>>();
  private readonly abort = new AbortController();
  private readonly _changed = new Signal<this, void>(this);

  constructor(
    private readonly client: Pick<SessionClient, 'status' | 'link'>,
  ) {}

  get links(): ReadonlyMap<string, SessionLink> {
    return this.known;
  }

  get problems(): readonly string[] {
    return this.said;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this.abort.signal.aborted;
  }

  async refresh(): Promise<void> {
    try {
      const status = await this.client.status(this.abort.signal);
      this.known = new Map(status.experiments.map((link) => [link.key, link]));
      this.said = status.problems;
    } catch (error) {
      if (this.isDisposed) {
        return;
      }
      if (!(error instanceof ApiError)) {
        throw error; // A fault of ours: let it be seen.
      }
      this.said = [error.message];
    }
    this._changed.emit();
  }

  link(key: string): Promise<SessionLink> {
    const known = this.known.get(key);
    if (known?.raw != null && known.processed !== null) {
      return Promise.resolve(known);
    }
    let asked = this.underWay.get(key);
    if (!asked) {
      asked = this.ask(key).finally(() => this.underWay.delete(key));
      this.underWay.set(key, asked);
    }
    return asked;
  }

  /** Stops the calls under way and forgets the listeners. */
  dispose(): void {
    this.abort.abort();
    Signal.clearData(this);
  }

  private async ask(key: string): Promise<SessionLink> {
    const link = await this.client.link(key, this.abort.signal);
    this.known = new Map([...this.known, [key, link]]);
    this._changed.emit();
    return link;
  }
}
