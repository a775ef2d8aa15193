import { Signal, type ISignal } from '@lumino/signaling';

import {
  BACKSPACE,
  CONTROL,
  DELETE,
  editOf,
  INSERT,
  keysOfText,
  LETTER_V,
  type KeyStroke,
} from './keys.js';

/** Where keys go: noVNC. */
export interface KeySink {
  /** Takes the event of a key as if it had happened on the picture. */
  pass(event: KeyboardEvent): void;
  press(key: KeyStroke): void;
  release(key: KeyStroke): void;
}

/** How long a browser may take from the keys of pasting to its event, ms. */
const PASTE_PATIENCE = 150;

/**
 * Takes what a person types, and passes it on to the desktop.
 *
 * Keys go to noVNC as they are. What only the browser can put together (dead keys,
 * input methods, a phone's keyboard) comes as text from a hidden field, so it is
 * right on any layout. That field also lets the browser paste without being asked.
 */
export class Keyboard {
  constructor(private readonly sink: KeySink) {
    this.field = document.createElement('textarea');
    this.field.className = 'bt-Desktop-keyboard';
    this.field.autocomplete = 'off';
    this.field.spellcheck = false;
    this.field.setAttribute('autocapitalize', 'off');
    this.field.setAttribute('autocorrect', 'off');
    this.field.inputMode = 'none';
    const on = this.field.addEventListener.bind(this.field);
    on('keydown', this.onKeyDown);
    on('keyup', this.onKeyUp);
    on('input', this.onInput);
    on('compositionstart', () => (this.composed = ''));
    on('compositionupdate', this.onCompositionUpdate);
    on('compositionend', this.onCompositionEnd);
    on('paste', this.onPaste);
    on('blur', () => this.releaseAll());
  }

  /** The hidden field. Has the focus while keys go to the desktop. */
  readonly field: HTMLTextAreaElement;

  /** Emitted when the user asks for the keys to go back to JupyterLab. */
  get released(): ISignal<this, void> {
    return this._released;
  }

  /** Emitted with a text that the user pastes, before the keys for it are sent. */
  get pasted(): ISignal<this, string> {
    return this._pasted;
  }

  /** Emitted when a key was typed: what was held for it can be let go. */
  get typed(): ISignal<this, void> {
    return this._typed;
  }

  /** Whether a device without keys shows its own on the screen. */
  get isOnScreen(): boolean {
    return this.field.inputMode === 'text';
  }

  set isOnScreen(on: boolean) {
    this.field.inputMode = on ? 'text' : 'none';
    this.field.blur();
    this.field.focus({ preventScroll: true });
  }

  /** Lets go of all keys, as the desktop will not hear of it otherwise. */
  releaseAll(): void {
    for (const event of this.down.values()) {
      this.pass('keyup', event);
    }
    this.down.clear();
  }

  dispose(): void {
    clearTimeout(this.pasteTimer);
    this.field.remove();
    Signal.clearData(this);
  }

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (isRelease(event)) {
      event.preventDefault();
      this.releaseAll();
      this._released.emit();
      return;
    }
    if (event.isComposing || WAITS.has(event.key)) {
      this.waits = true;
      return; // What becomes of it comes as text.
    }
    if (this.waits && !MODIFIER_KEYS.has(event.key)) {
      this.waits = false;
      if (isText(event)) {
        return; // It goes with the dead key before it.
      }
    }
    const pasting = pasteKey(event);
    if (pasting) {
      this.paste(pasting, event);
      return;
    }
    event.preventDefault();
    this.down.set(event.code, event);
    this.pass('keydown', event);
  };

  private readonly onKeyUp = (event: KeyboardEvent): void => {
    const wasDown = this.down.delete(event.code);
    if (!wasDown) {
      return;
    }
    event.preventDefault();
    this.pass('keyup', event);
    if (!MODIFIER_KEYS.has(event.key)) {
      this._typed.emit();
    }
  };

  private readonly onInput = (event: Event): void => {
    if (!(event instanceof InputEvent) || event.isComposing) {
      return;
    }
    this.waits = false;
    switch (event.inputType) {
      case 'deleteContentBackward':
        this.type([BACKSPACE]);
        break;
      case 'deleteContentForward':
        this.type([DELETE]);
        break;
      case 'insertLineBreak':
      case 'insertParagraph':
        this.type(keysOfText('\n'));
        break;
      case 'insertCompositionText':
      case 'insertFromComposition':
        break; // Its end was heard already.
      default:
        this.type(keysOfText(event.data ?? ''));
    }
    this.refill();
  };

  private readonly onCompositionUpdate = (event: CompositionEvent): void => {
    // A phone composes whole words; each letter is wanted as it is typed.
    if (this.isOnScreen) {
      this.replaceComposed(event.data);
    }
  };

  private readonly onCompositionEnd = (event: CompositionEvent): void => {
    this.waits = false;
    this.replaceComposed(event.data);
    this.composed = '';
    this.refill();
  };

  private replaceComposed(text: string): void {
    const { deleted, written } = editOf(this.composed, text);
    this.composed = text;
    this.type([
      ...Array<KeyStroke>(deleted).fill(BACKSPACE),
      ...keysOfText(written),
    ]);
  }

  /** Waits for the browser's text, then presses `key`, which it was pasted with. */
  private paste(key: KeyStroke, event: KeyboardEvent): void {
    if (this.pasteTimer !== undefined) {
      return;
    }
    const isMacs = event.metaKey && !event.ctrlKey;
    this.pasteKeys = isMacs ? [CONTROL, key] : [key];
    this.pasteTimer = setTimeout(this.finishPaste, PASTE_PATIENCE);
  }

  private readonly onPaste = (event: ClipboardEvent): void => {
    event.preventDefault();
    const text = event.clipboardData?.getData('text/plain');
    if (text) {
      this._pasted.emit(text);
    }
    if (this.pasteTimer !== undefined) {
      this.finishPaste();
    }
  };

  private readonly finishPaste = (): void => {
    clearTimeout(this.pasteTimer);
    this.pasteTimer = undefined;
    this.pasteKeys.forEach((key) => this.sink.press(key));
    this.pasteKeys.toReversed().forEach((key) => this.sink.release(key));
    this._typed.emit();
  };

  private type(keys: readonly KeyStroke[]): void {
    if (keys.length === 0) {
      return;
    }
    for (const key of keys) {
      this.sink.press(key);
      this.sink.release(key);
    }
    this._typed.emit();
  }

  /** Phones tell of a deletion only where there is something to delete. */
  private refill(): void {
    this.field.value = FILLING;
    this.field.setSelectionRange(FILLING.length, FILLING.length);
  }

  private pass(type: 'keydown' | 'keyup', event: KeyboardEvent): void {
    this.sink.pass(copyOf(type, event));
  }

  private readonly down = new Map<string, KeyboardEvent>();
  private waits = false;
  private composed = '';
  private pasteKeys: readonly KeyStroke[] = [];
  private pasteTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly _released = new Signal<this, void>(this);
  private readonly _pasted = new Signal<this, string>(this);
  private readonly _typed = new Signal<this, void>(this);
}

const FILLING = '_'.repeat(16);
/** Keys whose character is not known yet. */
const WAITS = new Set(['Dead', 'Process', 'Unidentified']);
const RELEASE_KEYS = new Set(['Control', 'Alt', 'Shift']);
const MODIFIER_KEYS = new Set([
  ...RELEASE_KEYS,
  ...['Meta', 'AltGraph', 'CapsLock', 'NumLock', 'Super', 'OS'],
]);

/** Ctrl+Alt+Shift alone. Windows says Ctrl+Alt for AltGr, which is none. */
function isRelease(event: KeyboardEvent): boolean {
  const isHeld = event.ctrlKey && event.altKey && event.shiftKey;
  const isAltGr = event.getModifierState('AltGraph');
  return isHeld && !isAltGr && !event.repeat && RELEASE_KEYS.has(event.key);
}

function isText(event: KeyboardEvent): boolean {
  return Array.from(event.key).length === 1;
}

/** The key of Ctrl+V, Ctrl+Shift+V, Shift+Insert, or a Mac's Cmd+V. */
function pasteKey(event: KeyboardEvent): KeyStroke | null {
  const { ctrlKey, altKey, shiftKey, metaKey, key } = event;
  if (key.toLowerCase() === 'v' && ctrlKey !== metaKey && !altKey) {
    return LETTER_V;
  }
  const isInsert = key === 'Insert' && shiftKey && !ctrlKey && !altKey;
  return isInsert ? INSERT : null;
}

/** The same event for another element. */
function copyOf(
  type: 'keydown' | 'keyup',
  event: KeyboardEvent,
): KeyboardEvent {
  const { key, code, location, repeat } = event;
  const { ctrlKey, altKey, shiftKey, metaKey } = event;
  return new KeyboardEvent(type, {
    ...{ key, code, location, repeat },
    ...{ ctrlKey, altKey, shiftKey, metaKey },
    modifierAltGraph: event.getModifierState('AltGraph'),
    modifierCapsLock: event.getModifierState('CapsLock'),
    modifierNumLock: event.getModifierState('NumLock'),
    cancelable: true,
  });
}
