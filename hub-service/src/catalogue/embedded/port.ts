import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { Desk } from './desk.js';
import type { Setting } from './protocol.js';

/** The other side of a thread. */
export interface Port {
  post(message: unknown): void;
  close(): Promise<void>;
}

/** What a port tells. */
export interface Listener {
  /** An answer to one of the messages. */
  told(reply: unknown): void;
  /** It has ended by itself, and answers no more. */
  ended(): void;
}

const WORKER = 'catalogue-worker.js';

/**
 * Starts a thread for the catalogue.
 *
 * @param megabytes - of JavaScript that it may hold; one that wants more is ended.
 */
export function openPort(
  setting: Setting,
  megabytes: number,
  listener: Listener,
): Port {
  // In a constant: bundlers take what is written out for a file of theirs.
  const file = new URL(WORKER, import.meta.url);
  return existsSync(file)
    ? thread(file, setting, megabytes, listener)
    : here(setting, listener);
}

function thread(
  file: URL,
  workerData: Setting,
  maxOldGenerationSizeMb: number,
  listener: Listener,
): Port {
  const worker = new Worker(file, {
    workerData,
    // Small answers in quick succession: much room for young ones is only held, not used.
    resourceLimits: { maxOldGenerationSizeMb, maxYoungGenerationSizeMb: 2 },
  });
  worker.on('message', (reply) => listener.told(reply));
  // An error is always followed by the end.
  worker.on('error', () => undefined);
  worker.on('exit', () => listener.ended());
  return {
    post: (message) => worker.postMessage(message),
    close: async () => {
      await worker.terminate();
    },
  };
}

/** Without a built worker, as in unit tests, the work is done in this thread. */
function here(setting: Setting, listener: Listener): Port {
  const desk = new Desk(setting);
  const working = new Set<Promise<void>>();
  return {
    post: (message) => {
      const work = desk
        .reply(structuredClone(message))
        .then((reply) => listener.told(reply))
        .finally(() => working.delete(work));
      working.add(work);
    },
    close: async () => {
      await Promise.all(working);
      desk.close();
    },
  };
}
