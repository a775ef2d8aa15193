import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import type { ISignal } from '@lumino/signaling';

import type { BesideFile } from './beside/client.js';
import type { Connection } from './connection.js';
import { Reader } from './reader.js';
import { FileFailure } from './worker/failure.js';
import type { Failure, FileLocation, OpenedFile } from './worker/protocol.js';

/** Most files that are followed beside the open one: a scan writes to the last of its parts. */
const NEIGHBOURS = 8;

export type ViewerState =
  | { kind: 'opening' }
  /** Another reader each time that the file is read from the server. */
  | { kind: 'open'; reader: Reader }
  | { kind: 'failed'; failure: Failure };

/** The state of one viewer. Knows the worker, knows nothing of the DOM. */
export class ViewerModel implements IDisposable {
  private connection: Connection | null = null;
  private current: ViewerState = { kind: 'opening' };
  private version = 0;
  private failedVersion = 0;
  private readonly changedSignal = new Signal<this, void>(this);
  private readonly renewedSignal = new Signal<this, void>(this);
  private disposed = false;

  /**
   * @param connect - Starts a worker.
   * @param locate - Where the file is now: it may be renamed, and tokens change.
   * @param opened - Hears of each file that could be opened.
   * @param beside - Reads the same file beside the data.
   */
  constructor(
    private readonly connect: () => Connection,
    private readonly locate: () => FileLocation,
    private readonly opened: (file: OpenedFile) => void,
    private readonly beside: BesideFile,
  ) {}

  get state(): ViewerState {
    return this.current;
  }

  get changed(): ISignal<this, void> {
    return this.changedSignal;
  }

  /** The file that is shown has grown. */
  get renewed(): ISignal<this, void> {
    return this.renewedSignal;
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  /** Reads the file from the server, again if it was open; with a new worker if need be. */
  async open(): Promise<void> {
    if (this.disposed) {
      return;
    }
    const version = (this.version += 1);
    if (this.current.kind === 'failed') {
      this.set({ kind: 'opening' });
    }
    const connection = (this.connection ??= this.start());
    const reader = new Reader(connection, this.beside);
    // Its root can be shown while the worker still gets ready; if the worker cannot open
    // it after all, that is shown instead.
    void reader.root().then(
      () => this.show(version, reader),
      () => undefined,
    );
    try {
      this.opened(await connection.ask('open', this.locate()));
      this.show(version, reader);
    } catch (error) {
      if (!(error instanceof FileFailure)) {
        throw error; // A fault of ours: let it be seen.
      }
      if (version === this.version && error.failure.kind !== 'cancelled') {
        this.failedVersion = version;
        this.set({ kind: 'failed', failure: error.failure });
      }
    }
  }

  /**
   * Looks at the file anew, which has grown, and keeps what is shown.
   *
   * @throws {FileFailure} if it cannot be read now.
   */
  async renew(): Promise<void> {
    const { current, connection } = this;
    if (current.kind !== 'open' || connection === null) {
      return this.open();
    }
    await connection.ask('open', this.locate());
    current.reader.forget();
    this.renewedSignal.emit();
  }

  /** The files that the open one names and that were read, by their paths below the root. */
  async neighbours(): Promise<string[]> {
    const { connection } = this;
    return this.current.kind === 'open' && connection !== null
      ? connection.ask('neighbours', { most: NEIGHBOURS })
      : [];
  }

  private show(version: number, reader: Reader): void {
    const { current } = this;
    const isShown = current.kind === 'open' && current.reader === reader;
    if (version === this.version && !isShown && this.failedVersion < version) {
      this.set({ kind: 'open', reader });
    }
  }

  /** Ends the worker. */
  dispose(): void {
    if (!this.disposed) {
      this.disposed = true;
      this.connection?.dispose();
      Signal.clearData(this);
    }
  }

  private start(): Connection {
    const connection = this.connect();
    connection.crashed.connect((_, failure) => {
      this.connection = null;
      connection.dispose();
      this.set({ kind: 'failed', failure });
    });
    return connection;
  }

  private set(state: ViewerState): void {
    if (!this.disposed) {
      this.current = state;
      this.changedSignal.emit();
    }
  }
}
