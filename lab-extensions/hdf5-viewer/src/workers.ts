import type { WorkerPort } from './connection.js';

/** Starts the worker that reads files. A file of its own: a page's rules may forbid others. */
function startWorker(): Worker {
  return new Worker(new URL('./worker/main.js', import.meta.url), {
    type: 'module',
    name: 'beamtime-hdf5',
  });
}

/** Time after a file was opened in which nothing else is begun, ms. */
const CALM = 1_000;

/**
 * Gives each file a worker. To load HDF5 takes a while: whoever has opened one file is likely
 * to open another, for which one worker is kept ready.
 */
export class Workers {
  private spare: WorkerPort | null = null;
  private calm: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly start: () => WorkerPort = startWorker) {}

  take(): WorkerPort {
    clearTimeout(this.calm);
    const worker = this.spare ?? this.start();
    this.spare = null;
    worker.onerror = null;
    return worker;
  }

  /** Has the next one ready once the file that was opened is drawn. */
  getReadySoon(): void {
    clearTimeout(this.calm);
    this.calm = setTimeout(() => this.getReady(), CALM);
  }

  private getReady(): void {
    if (this.spare === null) {
      const spare = this.start();
      this.spare = spare;
      // It is of no use; the next file starts another, and says what is wrong with that.
      spare.onerror = () => {
        if (this.spare === spare) {
          this.spare = null;
          spare.terminate();
        }
      };
    }
  }
}
