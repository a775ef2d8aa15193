import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import type { ISignal } from '@lumino/signaling';

import { Watchdog } from './watchdog.js';
import { FileFailure } from './worker/failure.js';
import type {
  AnyCall,
  Beat,
  Cancel,
  Failure,
  Operation,
  Operations,
  Reply,
} from './worker/protocol.js';

/** The side of a worker that a connection uses. */
export type WorkerPort = Pick<
  Worker,
  'postMessage' | 'terminate' | 'onmessage' | 'onerror' | 'onmessageerror'
>;

interface Pending {
  resolve: (value: unknown) => void;
  reject: (error: FileFailure) => void;
}

/** Asks a worker of its own, which ends with it. */
export class Connection implements IDisposable {
  private readonly pending = new Map<number, Pending>();
  private readonly crashedSignal = new Signal<this, Failure>(this);
  private readonly watchdog = new Watchdog((seconds) =>
    this.end(`It gave no sign of life for ${seconds} s.`),
  );
  private lastId = 0;
  private crash: Failure | null = null;
  private disposed = false;

  constructor(private readonly worker: WorkerPort) {
    worker.onmessage = ({ data }: MessageEvent<Reply | Beat>) => {
      if ('network' in data) {
        this.watchdog.hears(data.network);
      } else {
        this.settle(data);
        this.watch();
      }
    };
    worker.onerror = (event: Event) =>
      this.end(
        event instanceof ErrorEvent
          ? event.message
          : 'Its program could not be loaded.',
      );
    worker.onmessageerror = () => this.end('An answer could not be read.');
  }

  /** The worker is of no more use; a new connection is needed. */
  get crashed(): ISignal<this, Failure> {
    return this.crashedSignal;
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  /** @throws {FileFailure} with the reason; `cancelled` if `signal` fires or this ends. */
  ask<K extends Operation>(
    operation: K,
    args: Operations[K]['args'],
    signal?: AbortSignal,
  ): Promise<Operations[K]['result']> {
    if (this.disposed || signal?.aborted) {
      return Promise.reject(new FileFailure({ kind: 'cancelled' }));
    }
    if (this.crash !== null) {
      return Promise.reject(new FileFailure(this.crash));
    }
    const id = (this.lastId += 1);
    return new Promise((resolve, reject) => {
      // The worker is of the same build: its answer has the type that it promises.
      this.pending.set(id, { resolve, reject });
      this.post({ id, operation, args } as AnyCall);
      if (this.pending.size === 1) {
        this.watch();
      }
      signal?.addEventListener('abort', () => this.cancel(id), { once: true });
    });
  }

  dispose(): void {
    if (!this.disposed) {
      this.disposed = true;
      this.watchdog.dispose();
      this.worker.terminate();
      this.rejectAll({ kind: 'cancelled' });
      Signal.clearData(this);
    }
  }

  private post(message: AnyCall | Cancel): void {
    this.worker.postMessage(message);
  }

  private cancel(id: number): void {
    const pending = this.pending.get(id);
    if (pending !== undefined) {
      this.pending.delete(id);
      this.post({ id, operation: 'cancel' });
      pending.reject(new FileFailure({ kind: 'cancelled' }));
    }
  }

  private watch(): void {
    if (this.pending.size > 0) {
      this.watchdog.hears();
    } else {
      this.watchdog.dispose();
    }
  }

  private settle(reply: Reply): void {
    const pending = this.pending.get(reply.id);
    this.pending.delete(reply.id);
    if ('failure' in reply) {
      pending?.reject(new FileFailure(reply.failure));
      if (reply.failure.kind === 'crashed') {
        this.end(reply.failure.detail);
      }
    } else {
      pending?.resolve(reply.value);
    }
  }

  private end(detail: string): void {
    if (this.crash === null && !this.disposed) {
      this.crash = { kind: 'crashed', detail };
      this.watchdog.dispose();
      this.worker.terminate();
      this.rejectAll(this.crash);
      this.crashedSignal.emit(this.crash);
    }
  }

  private rejectAll(failure: Failure): void {
    for (const { reject } of this.pending.values()) {
      reject(new FileFailure(failure));
    }
    this.pending.clear();
  }
}
