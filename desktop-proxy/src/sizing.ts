export interface Size {
  width: number;
  height: number;
}

/** How the picture fills the tab. */
export const FITS = ['fit', 'scale', 'actual'] as const;
export type Fit = (typeof FITS)[number];

/** How many of our own sizes are remembered: a change that was asked for may come late. */
const REMEMBERED = 20;

/**
 * Whether this tab gives the desktop its size.
 *
 * One tab does: the first one, until it is hidden or somebody takes over. A second
 * one, perhaps on a laptop, must not make everybody's desktop small.
 */
export class SizingTurn {
  /** The user's choice. Only `fit` gives the desktop a size. */
  fit: Fit = 'fit';

  /** Whether it is this tab's turn, if it can be seen and is to fit. */
  get isMine(): boolean {
    return this._isMine;
  }

  /** Connected anew: it is ours if nobody else looked on before us, or if it was. */
  joined(others: number): void {
    this._isMine = this._isMine || others === 0;
  }

  /** So many others look on now. */
  counted(others: number): void {
    if (others === 0) {
      this._isMine = true;
    }
  }

  /** The user wants the size of this tab. */
  take(): void {
    this._isMine = true;
  }

  /** The tab has this size now, and may ask the desktop for it. */
  resized(size: Size): void {
    this.asked.push(key(size));
    if (this.asked.length > REMEMBERED) {
      this.asked.shift();
    }
  }

  /** The desktop has a new size. One that we never had was another tab's wish. */
  seen(size: Size): void {
    if (!this.asked.includes(key(size))) {
      this._isMine = false;
    }
  }

  private _isMine = false;
  private readonly asked: string[] = [];
}

function key({ width, height }: Size): string {
  return `${Math.floor(width)}x${Math.floor(height)}`;
}
