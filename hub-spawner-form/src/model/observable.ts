/** A value that tells when it changes. Knows nothing of the page. */
export class Observable<T> {
  private readonly listeners = new Set<() => void>();

  constructor(private current: T) {}

  get value(): T {
    return this.current;
  }

  /** @returns a function that ends the subscription. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  protected set(value: T): void {
    this.current = value;
    for (const listener of this.listeners) {
      listener();
    }
  }
}
