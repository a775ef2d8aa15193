/** A key as X11 names it, and as the browser names its place on the keyboard. */
export interface KeyStroke {
  keysym: number;
  code: string;
}

const CONTROL = { keysym: 0xffe3, code: 'ControlLeft' };
const ALT = { keysym: 0xffe9, code: 'AltLeft' };
const SHIFT = { keysym: 0xffe1, code: 'ShiftLeft' };

/** What may be held down while the picture loses the focus. */
export const MODIFIERS: readonly KeyStroke[] = [
  CONTROL,
  ALT,
  SHIFT,
  { keysym: 0xffe4, code: 'ControlRight' },
  { keysym: 0xffea, code: 'AltRight' },
  { keysym: 0xffe2, code: 'ShiftRight' },
];

/** Keys that browsers or systems keep for themselves, by the name in the menu. */
export const SENDABLE: Readonly<Record<string, readonly KeyStroke[]>> = {
  'Ctrl-Alt-Del': [CONTROL, ALT, { keysym: 0xffff, code: 'Delete' }],
  'Alt-Tab': [ALT, { keysym: 0xff09, code: 'Tab' }],
  Super: [{ keysym: 0xffeb, code: 'MetaLeft' }],
  Esc: [{ keysym: 0xff1b, code: 'Escape' }],
  F11: [{ keysym: 0xffc8, code: 'F11' }],
};
