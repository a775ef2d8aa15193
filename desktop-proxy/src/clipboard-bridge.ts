import { Signal, type ISignal } from '@lumino/signaling';

import type { DesktopModel } from './model.js';
import type { DesktopScreen } from './screen.js';

/** Most characters that are sent at once: what the display takes, with room to spare. */
export const MOST = 5 * 1024 * 1024;

/** What of a browser's clipboard is used; a browser may have none of it. */
export interface BrowserClipboard {
  writeText?: (text: string) => Promise<void>;
  readText?: () => Promise<string>;
  /** Whether reading is allowed without asking the user. */
  mayRead: () => Promise<boolean>;
}

/**
 * Keeps the clipboards of the desktop and of the browser the same.
 *
 * What is copied on the desktop goes to the browser at once where that may be. What was
 * copied elsewhere comes when the picture gets the focus, if reading was allowed, and
 * in any case with the keys of pasting.
 */
export class ClipboardBridge {
  constructor(
    private readonly screen: DesktopScreen,
    model: DesktopModel,
    private readonly browser: BrowserClipboard,
  ) {
    model.changed.connect(({ state }) => {
      if (state.kind === 'connecting') {
        this.known = this.seen = null; // It may be another desktop of that name.
      }
    }, this);
    screen.copied.connect((_, text) => void this.onCopied(text));
    screen.keyboard.pasted.connect((_, text) => this.give(text));
    screen.keyboard.field.addEventListener('focus', () => void this.onFocus());
  }

  /** What was last copied or given. */
  get text(): string {
    return this._text;
  }

  /** Whether {@link text} came from the desktop and the browser did not take it. */
  get isWaiting(): boolean {
    return this._isWaiting;
  }

  /** Emitted when {@link text} or {@link isWaiting} has changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Gives a text to the desktop; says whether it was not too long. */
  give(text: string): boolean {
    if (text.length > MOST) {
      return false;
    }
    if (text !== this.known) {
      this.known = text;
      this.set(text, false);
      this.screen.paste(text);
    }
    return true;
  }

  /** Copies a text to the browser; says whether it could. */
  async take(text: string): Promise<boolean> {
    const taken = await this.write(text);
    if (taken && text === this._text) {
      this.set(text, false);
    }
    return taken;
  }

  /** Whether what was copied elsewhere comes by itself. */
  mayRead(): Promise<boolean> {
    return this.browser.mayRead();
  }

  /** Whether this browser can be asked to allow that. */
  get canAsk(): boolean {
    return this.browser.readText !== undefined;
  }

  /** Reads, so that the browser asks the user; says whether it was allowed. */
  async ask(): Promise<boolean> {
    try {
      const text = await this.browser.readText?.();
      if (text) {
        this.give(text);
      }
      return await this.mayRead();
    } catch {
      return false; // Not allowed: the user's choice.
    }
  }

  private async onCopied(text: string): Promise<void> {
    this.known = text;
    this.set(text, true);
    // Another tab that looks on too must not take the clipboard from under the user.
    if (document.activeElement === this.screen.keyboard.field) {
      await this.take(text);
    }
  }

  private async onFocus(): Promise<void> {
    try {
      if (await this.mayRead()) {
        const text = await this.browser.readText?.();
        // What lay there before must not replace what was sent since.
        if (text && text !== this.seen && this.give(text)) {
          this.seen = text;
        }
      }
    } catch {
      // The page lost the focus meanwhile: it comes with the next one.
    }
  }

  private async write(text: string): Promise<boolean> {
    try {
      await this.browser.writeText?.(text);
      this.seen = text;
      return this.browser.writeText !== undefined;
    } catch {
      return false;
    }
  }

  private set(text: string, isWaiting: boolean): void {
    this._text = text;
    this._isWaiting = isWaiting;
    this._changed.emit();
  }

  /** What is on the desktop's clipboard; null if not known. */
  private known: string | null = null;
  /** What was last seen on the browser's clipboard. */
  private seen: string | null = null;
  private _text = '';
  private _isWaiting = false;
  private readonly _changed = new Signal<this, void>(this);
}

/** The clipboard of the browser that shows this page. */
export function browserClipboard(): BrowserClipboard {
  // Absent where the page did not come by https.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  return {
    ...(clipboard && {
      writeText: (text: string) => clipboard.writeText(text),
      readText: () => clipboard.readText(),
    }),
    mayRead: async () => {
      if (!clipboard) {
        return false;
      }
      try {
        // Firefox and Safari do not know this name: they ask each time.
        const name = 'clipboard-read' as PermissionName;
        const { state } = await navigator.permissions.query({ name });
        return state === 'granted';
      } catch {
        return false;
      }
    },
  };
}
