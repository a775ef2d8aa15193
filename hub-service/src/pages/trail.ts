import { LRUCache } from 'lru-cache';

const MOST = 20_000;

/**
 * The way back through a list: cursors lead only forward, so what came before each is kept.
 * What is forgotten leads to the first part.
 */
export class Trail {
  private readonly before = new LRUCache<string, { cursor: string }>({
    max: MOST,
  });

  /** @param query - the list, without its cursor. */
  went(user: string, query: string, from: string, to: string): void {
    this.before.set(keyOf(user, query, to), { cursor: from });
  }

  /** Cursor of the part before, empty for the first one; `null` if there is none. */
  back(user: string, query: string, cursor: string): string | null {
    return cursor === ''
      ? null
      : (this.before.get(keyOf(user, query, cursor))?.cursor ?? '');
  }
}

const keyOf = (...parts: string[]) => JSON.stringify(parts);
