/** Hears how the sources do, for the metrics and the log. */
export interface Observer {
  /** A source is about to be asked; the answer is called with how that went. */
  asked(source: string): (outcome: string) => void;
  /** An answer was looked for among those kept. */
  looked(source: string, found: boolean): void;
  /** A source was made. */
  watch(source: string, isSpared: () => boolean): void;
  /** An adapter failed in a way that is a fault of ours. */
  fault(source: string, error: unknown): void;
}

export const nobody: Observer = {
  asked: () => () => undefined,
  looked: () => undefined,
  watch: () => undefined,
  fault: () => undefined,
};
