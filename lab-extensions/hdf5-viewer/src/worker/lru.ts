/** Keeps what was used last, up to a number of bytes. */
export class LruBytes {
  private readonly entries = new Map<number, Uint8Array>();
  private used = 0;

  /** @param capacity - Most bytes to keep; the newest entry is kept whatever its size. */
  constructor(private readonly capacity: number) {}

  get(key: number): Uint8Array | undefined {
    const bytes = this.entries.get(key);
    if (bytes !== undefined) {
      // A map keeps the order of insertion: the first is the one not used for longest.
      this.entries.delete(key);
      this.entries.set(key, bytes);
    }
    return bytes;
  }

  has(key: number): boolean {
    return this.entries.has(key);
  }

  set(key: number, bytes: Uint8Array): void {
    this.remove(key);
    this.entries.set(key, bytes);
    this.used += bytes.length;
    for (const oldest of this.entries.keys()) {
      if (this.used <= this.capacity || oldest === key) {
        break;
      }
      this.remove(oldest);
    }
  }

  /** Keys from the one not used for longest to the newest. */
  keys(): IterableIterator<number> {
    return this.entries.keys();
  }

  peek(key: number): Uint8Array | undefined {
    return this.entries.get(key);
  }

  private remove(key: number): void {
    const bytes = this.entries.get(key);
    if (bytes !== undefined) {
      this.used -= bytes.length;
      this.entries.delete(key);
    }
  }
}
