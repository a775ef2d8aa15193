import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
} from 'cockatiel';
import { SourceError } from './adapter.js';

const FAILURES = 3;
const PAUSE_MS = 30_000;

/**
 * Spares a source that is away, and those who would wait for it: after three failures in a
 * row it is not asked for half a minute, then once to see. A source that names the time after
 * which it wants to be asked again is not asked before.
 */
export class Breaker {
  private readonly policy = circuitBreaker(handleWhen(isAway), {
    halfOpenAfter: PAUSE_MS,
    breaker: new ConsecutiveBreaker(FAILURES),
  });
  private last: SourceError | null = null;
  private notBefore = 0;
  private away: string | null = null;

  get isOpen(): boolean {
    return this.policy.state === CircuitState.Open;
  }

  /** Since when the source has been away, ISO 8601; `null` while it answers. */
  get awaySince(): string | null {
    return this.away;
  }

  /** @throws {SourceError} the last one, without asking, while the source is spared. */
  async run<T>(question: () => Promise<T>): Promise<T> {
    if (this.last && Date.now() < this.notBefore) {
      throw this.last;
    }
    try {
      const answer = await this.policy.execute(question);
      this.away = null;
      return answer;
    } catch (error) {
      if (error instanceof BrokenCircuitError && this.last) {
        throw this.last;
      }
      if (error instanceof SourceError && isAway(error)) {
        this.last = error;
        this.notBefore = Date.now() + (error.retryAfterMs ?? 0);
        this.away ??= new Date(Date.now()).toISOString();
      }
      throw error;
    }
  }
}

/** Whether the source is at fault, whoever asks: a refusal to one person is none. */
export function isAway(error: unknown): boolean {
  return (
    error instanceof SourceError &&
    (error.kind === 'timeout' || error.kind === 'unavailable')
  );
}
