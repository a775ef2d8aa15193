import { LRUCache } from 'lru-cache';

const MOST = 2_000;

/** A session at the source; its id is a secret. */
export interface Kept {
  id: string;
  /** How long it lasts unless it is renewed. */
  lifetimeMs: number;
}

export interface SessionCalls {
  renew: (id: string) => Promise<void>;
  end: (id: string) => Promise<void>;
  now?: () => number;
}

interface Entry<K> {
  session: Promise<K>;
  /** Absent until it has begun. */
  id?: string;
  /** Until when it need not be renewed; not before it has begun. */
  freshUntil: number;
}

/** The sessions that people have at a source: one each, renewed in time, ended when let go. */
export class KeptSessions<K extends Kept = Kept> {
  private readonly ending = new Set<Promise<void>>();
  private readonly entries = new LRUCache<string, Entry<K>>({
    max: MOST,
    dispose: (entry) => this.end(entry),
  });

  constructor(private readonly calls: SessionCalls) {}

  /**
   * @param begin - signs in; called once for all who wait.
   * @throws whatever `begin` rejects with; then the next call tries again.
   */
  async get(key: string, begin: () => Promise<K>): Promise<K> {
    const entry = this.entries.get(key) ?? this.begin(key, begin);
    const kept = await entry.session;
    const { id, lifetimeMs } = kept;
    const now = this.now();
    if (now < entry.freshUntil) {
      return kept;
    }
    if (now > entry.freshUntil + lifetimeMs / 2) {
      this.entries.delete(key); // It has ended meanwhile.
      return this.get(key, begin);
    }
    entry.freshUntil = now + lifetimeMs / 2;
    try {
      await this.calls.renew(id);
    } catch {
      this.drop(key, id);
      return this.get(key, begin);
    }
    return kept;
  }

  /** Lets go of a session that its source does not know any more. */
  drop(key: string, id: string): void {
    if (this.entries.peek(key)?.id === id) {
      this.entries.delete(key);
    }
  }

  forget(key: string): void {
    this.entries.delete(key);
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    this.entries.clear();
    await Promise.all(this.ending);
  }

  private begin(key: string, begin: () => Promise<K>): Entry<K> {
    const entry: Entry<K> = { session: begin(), freshUntil: Infinity };
    this.entries.set(key, entry);
    entry.session.then(
      ({ id, lifetimeMs }) => {
        entry.id = id;
        entry.freshUntil = this.now() + lifetimeMs / 2;
      },
      () => this.entries.peek(key) === entry && this.entries.delete(key),
    );
    return entry;
  }

  private end({ session }: Entry<K>): void {
    const ended = session
      .then(({ id }) => this.calls.end(id))
      .catch(() => undefined) // It ends by itself in time.
      .finally(() => this.ending.delete(ended));
    this.ending.add(ended);
  }

  private now(): number {
    return (this.calls.now ?? Date.now)();
  }
}
