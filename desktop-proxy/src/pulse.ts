/** How often the connection is looked at, ms. */
export const BEAT = 4_000;
/** A connection that is silent for so long is asked for a sign of life, ms. */
export const SILENCE = 10_000;
/** How long that sign may take, ms. */
export const PATIENCE = 6_000;

export interface PulseOptions {
  /** Goes to the gateway and back. */
  ask: () => Promise<void>;
  /** Asks the display itself for anything that it would send. */
  poke: () => void;
  /** Told how long the way there and back took, ms. */
  answered: (roundTrip: number) => void;
  /** Told that nothing comes any more. */
  dead: () => void;
}

/**
 * Feels whether a connection lives.
 *
 * After a laptop's sleep, or behind a proxy that forgot it, a websocket may look open
 * for many minutes though nothing comes through.
 */
export class Pulse {
  constructor(private readonly options: PulseOptions) {}

  start(): void {
    this.stop();
    this.heardAt = Date.now();
    this.pokedAt = null;
    this.timer = setInterval(this.beat, BEAT);
    this.measure();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** Something has come. */
  heard(): void {
    this.heardAt = Date.now();
    this.pokedAt = null;
  }

  /** Something has happened that connections may not survive: look at once. */
  suspect(): void {
    if (this.timer !== undefined) {
      this.poke();
      this.measure();
    }
  }

  private readonly beat = (): void => {
    const now = Date.now();
    if (this.pokedAt !== null && now - this.pokedAt > PATIENCE) {
      this.stop();
      this.options.dead();
      return;
    }
    if (this.pokedAt === null && now - this.heardAt > SILENCE) {
      this.poke();
    }
    this.measure();
  };

  private poke(): void {
    this.pokedAt ??= Date.now();
    this.options.poke();
  }

  private measure(): void {
    const began = performance.now();
    this.options.ask().then(
      () => this.options.answered(performance.now() - began),
      // Silence on the connection itself is what counts.
      () => undefined,
    );
  }

  private heardAt = 0;
  private pokedAt: number | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;
}
