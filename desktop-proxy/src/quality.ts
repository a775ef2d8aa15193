import type { ConnectionFigures } from './meter.js';

/** How good pictures are: as the user chose, or by itself. */
export const QUALITIES = ['automatic', 'sharp', 'balanced', 'low'] as const;
export type Quality = (typeof QUALITIES)[number];

/** What noVNC is told, each 0 … 9. */
export interface Levels {
  /** Of JPEG pictures. */
  quality: number;
  /** Of everything else: effort of the server's processor. */
  compression: number;
}

const LEVELS: Readonly<Record<Exclude<Quality, 'automatic'>, Levels>> = {
  sharp: { quality: 9, compression: 2 },
  balanced: { quality: 6, compression: 2 },
  low: { quality: 1, compression: 6 },
};

/** From the worst to the best that is chosen by itself. */
const STEPS: readonly Levels[] = [
  LEVELS.low,
  { quality: 4, compression: 4 },
  LEVELS.balanced,
];

/** Round trips above this, ms, or this many times the shortest, mean that a queue builds up. */
const CROWDED_MS = 250;
const CROWDED_TIMES = 4;
/** Below this many bytes a second, it is not the pictures that fill the line. */
const BUSY_RATE = 100_000;
/** How long a line must be calm before pictures get better again, ms. */
const CALM_MS = 10_000;

/** Chooses the levels: fixed ones, or such that round trips stay short. */
export class QualityChooser {
  /** What the user chose. */
  choice: Quality = 'automatic';

  get levels(): Levels {
    return this.choice === 'automatic'
      ? (STEPS[this.step] ?? LEVELS.balanced)
      : LEVELS[this.choice];
  }

  /**
   * Learns from what the connection does; {@link levels} may be others then.
   *
   * @param now - ms.
   */
  observe({ roundTrip, rate }: ConnectionFigures, now: number): void {
    if (roundTrip === null) {
      return;
    }
    this.shortest = Math.min(this.shortest, roundTrip);
    const isSlow =
      roundTrip > CROWDED_MS && roundTrip > this.shortest * CROWDED_TIMES;
    const isCrowded = isSlow && rate > BUSY_RATE;
    if (isCrowded && this.step > 0) {
      this.step -= 1;
    }
    if (isSlow) {
      this.calmSince = now;
    } else if (now - this.calmSince >= CALM_MS) {
      this.calmSince = now;
      this.step = Math.min(STEPS.length - 1, this.step + 1);
    }
  }

  /** Begins anew: this is another connection. */
  reset(now: number): void {
    this.step = STEPS.length - 1;
    this.shortest = Infinity;
    this.calmSince = now;
  }

  private step = STEPS.length - 1;
  private shortest = Infinity;
  private calmSince = 0;
}
