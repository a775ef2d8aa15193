import { Signal, type ISignal } from '@lumino/signaling';

import { HOLDABLE, type KeyStroke } from './keys.js';

/** Modifiers that stay down for the next key, for those who cannot hold two. */
export class HeldKeys {
  constructor(
    private readonly press: (key: KeyStroke) => void,
    private readonly release: (key: KeyStroke) => void,
  ) {}

  /** Emitted when {@link isHeld} has changed for any. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** @param name - One of {@link HOLDABLE}. */
  isHeld(name: string): boolean {
    return this.held.has(name);
  }

  toggle(name: string): void {
    const key = HOLDABLE[name];
    if (!key) {
      return;
    }
    if (this.held.delete(name)) {
      this.release(key);
    } else {
      this.held.add(name);
      this.press(key);
    }
    this._changed.emit();
  }

  /** The next key was typed. */
  letGo(): void {
    if (this.held.size === 0) {
      return;
    }
    for (const name of this.held) {
      const key = HOLDABLE[name];
      if (key) {
        this.release(key);
      }
    }
    this.held.clear();
    this._changed.emit();
  }

  private readonly held = new Set<string>();
  private readonly _changed = new Signal<this, void>(this);
}
