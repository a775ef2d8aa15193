import { Refusal } from '../../refusal.js';
import { SourceError } from '../adapter.js';
import { openPort, type Port } from './port.js';
import {
  type Answer,
  answers,
  type Question,
  Reply,
  type Setting,
} from './protocol.js';

/** The files of an import are no catalogue: a sentence for the admin. */
export class FaultyFiles extends Error {}

/** More questions at once than this are turned away. */
const MOST_WAITING = 500;

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

export interface ThreadLimits {
  /** After which a thread that has not answered is taken for stuck, and replaced. */
  stuckMs: number;
  /** Of JavaScript. */
  megabytes: number;
}

/** A thread that answers questions, started when there is one, and again if it has ended. */
export class Thread {
  private port: Port | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;

  constructor(
    private readonly setting: Setting,
    private readonly limits: ThreadLimits,
    private readonly open: typeof openPort = openPort,
  ) {}

  /**
   * Asks, and waits for the answer or the signal.
   *
   * @throws {SourceError} if there is no answer.
   * @throws {Refusal} if the query is at fault.
   * @throws {FaultyFiles} if the files of an import are.
   */
  async ask<Q extends Question>(
    question: Q,
    signal?: AbortSignal,
  ): Promise<Answer<Q['call']>> {
    const schema = answers[question.call];
    const value = await this.post(question, signal);
    return schema.parse(value) as Answer<Q['call']>;
  }

  async close(): Promise<void> {
    const { port } = this;
    this.port = null;
    await port?.close();
    this.failAll();
  }

  private async post(
    question: Question,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    if (this.waiting.size >= MOST_WAITING) {
      throw away();
    }
    const port = (this.port ??= this.start());
    const id = (this.last += 1);
    const late = () =>
      this.waiting
        .get(id)
        ?.reject(
          new SourceError(
            'timeout',
            'The catalogue did not answer in time. Try again.',
          ),
        );
    signal?.throwIfAborted();
    signal?.addEventListener('abort', late, { once: true });
    try {
      return await new Promise<unknown>((resolve, reject) => {
        const timer = setTimeout(() => void this.close(), this.limits.stuckMs);
        timer.unref();
        this.waiting.set(id, { resolve, reject, timer });
        port.post({ id, question });
      });
    } finally {
      signal?.removeEventListener('abort', late);
      clearTimeout(this.waiting.get(id)?.timer);
      this.waiting.delete(id);
    }
  }

  private start(): Port {
    const port = this.open(this.setting, this.limits.megabytes, {
      told: (message) => this.told(message),
      ended: () => {
        if (this.port === port) {
          this.port = null;
          this.failAll();
        }
      },
    });
    return port;
  }

  private told(message: unknown): void {
    const reply = Reply.parse(message);
    const waiting = this.waiting.get(reply.id);
    if (!waiting) {
      return; // Nobody waits any longer.
    }
    if (!('fault' in reply)) {
      waiting.resolve(reply.value);
    } else if (reply.fault === 'query') {
      waiting.reject(new Refusal('bad-request', reply.message));
    } else if (reply.fault === 'source') {
      waiting.reject(new FaultyFiles(reply.message));
    } else {
      waiting.reject(new Error(reply.message));
    }
  }

  private failAll(): void {
    for (const waiting of this.waiting.values()) {
      waiting.reject(away());
    }
  }
}

function away(): SourceError {
  return new SourceError(
    'unavailable',
    'The catalogue is too busy to answer. Try again in a moment.',
  );
}
