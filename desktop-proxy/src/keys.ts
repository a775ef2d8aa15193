/** A key as X11 names it, and as the browser names its place on the keyboard. */
export interface KeyStroke {
  keysym: number;
  code: string;
}

export const CONTROL = { keysym: 0xffe3, code: 'ControlLeft' };
const ALT = { keysym: 0xffe9, code: 'AltLeft' };
const SHIFT = { keysym: 0xffe1, code: 'ShiftLeft' };
const SUPER = { keysym: 0xffeb, code: 'MetaLeft' };
const LEVEL3 = { keysym: 0xfe03, code: 'AltRight' };

/** Keys that can be held down for the next one, by the name on their button. */
export const HOLDABLE: Readonly<Record<string, KeyStroke>> = {
  Ctrl: CONTROL,
  Alt: ALT,
  Shift: SHIFT,
  Super: SUPER,
  AltGr: LEVEL3,
};

/** Keys that browsers or systems keep for themselves, by the name on their button. */
export const SENDABLE: Readonly<Record<string, readonly KeyStroke[]>> = {
  'Ctrl-Alt-Del': [CONTROL, ALT, { keysym: 0xffff, code: 'Delete' }],
  'Alt-Tab': [ALT, { keysym: 0xff09, code: 'Tab' }],
  'Alt-F4': [ALT, functionKey(4)],
  Super: [SUPER],
  Esc: [{ keysym: 0xff1b, code: 'Escape' }],
  F11: [functionKey(11)],
  ...Object.fromEntries(
    Array.from({ length: 12 }, (_, i) => [
      `Ctrl-Alt-F${i + 1}`,
      [CONTROL, ALT, functionKey(i + 1)],
    ]),
  ),
};

export const BACKSPACE = { keysym: 0xff08, code: 'Backspace' };
export const DELETE = { keysym: 0xffff, code: 'Delete' };
const RETURN = { keysym: 0xff0d, code: 'Enter' };
const TAB = { keysym: 0xff09, code: 'Tab' };

/** The letter V, to paste with. */
export const LETTER_V = { keysym: 0x76, code: 'KeyV' };
export const INSERT = { keysym: 0xff63, code: 'Insert' };

/** The keys that write `text`, whatever layout either keyboard has. */
export function keysOfText(text: string): KeyStroke[] {
  return Array.from(text.replaceAll('\r\n', '\n'), (char) => {
    switch (char) {
      case '\n':
        return RETURN;
      case '\t':
        return TAB;
      default:
        return { keysym: keysymOf(char), code: '' };
    }
  });
}

/** X11's number for a character: its own for Latin 1, else that of Unicode. */
function keysymOf(char: string): number {
  const codePoint = char.codePointAt(0) ?? 0;
  const isLatin1 =
    (codePoint >= 0x20 && codePoint < 0x7f) ||
    (codePoint >= 0xa0 && codePoint <= 0xff);
  return isLatin1 ? codePoint : 0x01000000 + codePoint;
}

/** What to delete, then to write, to make `after` of `before`. */
export function editOf(
  before: string,
  after: string,
): { deleted: number; written: string } {
  const old = Array.from(before);
  const now = Array.from(after);
  let same = 0;
  while (same < old.length && old[same] === now[same]) {
    same += 1;
  }
  return { deleted: old.length - same, written: now.slice(same).join('') };
}

function functionKey(number: number): KeyStroke {
  return { keysym: 0xffbd + number, code: `F${number}` };
}
