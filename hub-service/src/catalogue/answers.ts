import { LRUCache } from 'lru-cache';

/** After which a source's failure is no longer covered up by what it said before. */
const STALE_MS = 600_000;
const MOST = 20_000;

export interface Answer<T> {
  value: T;
  /** When the question was put, in milliseconds: what changed after that is not in it. */
  askedAt: number;
}

/** What one source has answered to one kind of question, by person and question. */
export class Answers<T extends object> {
  private readonly kept: LRUCache<string, Answer<T>>;
  /** Questions under way: who asks the same meanwhile waits for the same answer. */
  private readonly pending = new Map<string, Promise<Answer<T> | null>>();

  /** @param now - milliseconds. */
  constructor(
    private readonly freshMs: number,
    maxBytes: number,
    private readonly now: () => number,
  ) {
    this.kept = new LRUCache({
      max: MOST,
      maxSize: maxBytes,
      sizeCalculation: ({ value }, key) => key.length + sizeOf(value),
    });
  }

  /** @param key - see {@link keyOf}. */
  fresh(key: string): Answer<T> | null {
    return this.notOlder(key, this.freshMs);
  }

  /** What may be shown while the source fails. */
  stale(key: string): Answer<T> | null {
    return this.notOlder(key, STALE_MS);
  }

  /** Asks, once for all who want to know the same now; `null` is forgotten at once. */
  ask(
    key: string,
    question: () => Promise<T | null>,
  ): Promise<Answer<T> | null> {
    const running = this.pending.get(key);
    if (running) {
      return running;
    }
    const askedAt = this.now();
    const answer = question()
      .then((value) => {
        const found = value === null ? null : { value, askedAt };
        // Not if the person has signed out meanwhile.
        if (this.pending.get(key) === answer) {
          if (found) {
            this.kept.set(key, found);
          } else {
            this.kept.delete(key);
          }
        }
        return found;
      })
      .finally(() => {
        if (this.pending.get(key) === answer) {
          this.pending.delete(key);
        }
      });
    this.pending.set(key, answer);
    return answer;
  }

  drop(key: string): void {
    this.kept.delete(key);
  }

  /** @param user - whose answers are forgotten; everybody's if absent. */
  forget(user?: string): void {
    const start = user === undefined ? '' : ownerOf(user);
    for (const keys of [this.kept.keys(), this.pending.keys()]) {
      for (const key of [...keys].filter((text) => text.startsWith(start))) {
        this.kept.delete(key);
        this.pending.delete(key);
      }
    }
  }

  private notOlder(key: string, age: number): Answer<T> | null {
    const found = this.kept.get(key);
    return found && this.now() - found.askedAt < age ? found : null;
  }
}

/**
 * The key of an answer. It begins with the person and what the hub says of them: nobody gets
 * another's answer, nor their own of before a change of their groups.
 */
export function keyOf(
  user: string | null,
  rights: unknown,
  question: unknown,
): string {
  return `${user === null ? '' : ownerOf(user)}${JSON.stringify([rights, question])}`;
}

/** Quoted, so that no name is the beginning of another's. */
function ownerOf(user: string): string {
  return `${JSON.stringify(user)} `;
}

/** Bytes, about. */
function sizeOf(value: object): number {
  const body = 'body' in value ? value.body : undefined;
  return body instanceof Uint8Array
    ? body.byteLength + 100
    : JSON.stringify(value).length;
}
