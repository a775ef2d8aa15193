interface Waiting<T> {
  resolve: (answer: T) => void;
  reject: (error: unknown) => void;
}

/** Most keys of one request, and most requests at the same time. */
const MOST = { keys: 200, requests: 2 };

/**
 * Asks for many things by few requests: what is asked for in the same breath goes together.
 * The newest goes first: a person has just clicked there, and a tree of thousands can wait.
 */
export class Batch<T> {
  private readonly waiting = new Map<string, Waiting<T>[]>();
  private running = 0;
  private isDue = false;

  /** @param ask - Gives an answer for each key, null where there is none. */
  constructor(
    private readonly ask: (keys: string[]) => Promise<(T | null)[]>,
  ) {}

  get(key: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const others = this.waiting.get(key) ?? [];
      this.waiting.set(key, [...others, { resolve, reject }]);
      if (!this.isDue) {
        this.isDue = true;
        setTimeout(() => {
          this.isDue = false;
          this.send();
        });
      }
    });
  }

  private send(): void {
    while (this.running < MOST.requests && this.waiting.size > 0) {
      const keys = [...this.waiting.keys()].slice(-MOST.keys);
      const asked = keys.map((key) => this.take(key));
      this.running += 1;
      void this.settle(keys, asked).finally(() => {
        this.running -= 1;
        this.send();
      });
    }
  }

  private take(key: string): Waiting<T>[] {
    const asked = this.waiting.get(key) ?? [];
    this.waiting.delete(key);
    return asked;
  }

  private async settle(keys: string[], asked: Waiting<T>[][]): Promise<void> {
    try {
      const answers = await this.ask(keys);
      asked.forEach((waiting, index) => {
        const answer = answers[index] ?? null;
        for (const { resolve, reject } of waiting) {
          if (answer === null) {
            reject(new Error(`Nothing is known of ${keys[index] ?? ''}.`));
          } else {
            resolve(answer);
          }
        }
      });
    } catch (error) {
      asked.flat().forEach(({ reject }) => reject(error));
    }
  }
}
