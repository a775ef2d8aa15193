import { editOf, keysOfText, SENDABLE } from './keys.js';

const keysyms = (text: string) => keysOfText(text).map((key) => key.keysym);

test.each([
  // French: é è ç à ù ê ë and the euro.
  ['éèçàùêë', [0xe9, 0xe8, 0xe7, 0xe0, 0xf9, 0xea, 0xeb]],
  ['€œ', [0x010020ac, 0x01000153]],
  // German, with what AltGr gives.
  ['äöüß@\\|~{[]}µ', Array.from('äöüß@\\|~{[]}µ', (c) => c.charCodeAt(0))],
  // Spanish.
  ['ñÑ¿¡áÁüç', Array.from('ñÑ¿¡áÁüç', (c) => c.charCodeAt(0))],
  // Beyond Latin 1, and beyond 16 bits.
  ['λЖ中', [0x010003bb, 0x01000416, 0x01004e2d]],
  ['𝜆', [0x0101d706]],
])('writes %s', (text, expected) => {
  expect(keysyms(text)).toEqual(expected);
});

test('writes line ends and tabs as keys, a line end once', () => {
  expect(keysyms('a\r\nb\tc\n')).toEqual([
    0x61, 0xff0d, 0x62, 0xff09, 0x63, 0xff0d,
  ]);
});

test('function keys have their numbers', () => {
  expect(SENDABLE['Ctrl-Alt-F1']?.at(-1)).toEqual({
    keysym: 0xffbe,
    code: 'F1',
  });
  expect(SENDABLE['F11']?.at(-1)?.keysym).toBe(0xffc8);
});

test.each([
  ['', 'spe', { deleted: 0, written: 'spe' }],
  ['spe', 'spec', { deleted: 0, written: 'c' }],
  // A phone's keyboard corrects a word.
  ['spektrum', 'spectrum', { deleted: 5, written: 'ctrum' }],
  ['spec', '', { deleted: 4, written: '' }],
  ['𝜆', 'λ', { deleted: 1, written: 'λ' }],
])('%s becomes %s', (before, after, expected) => {
  expect(editOf(before, after)).toEqual(expected);
});
