import { Keyboard } from './keyboard.js';
import type { KeyStroke } from './keys.js';

function setUp() {
  const sent: string[] = [];
  const name = ({ keysym }: KeyStroke) => `0x${keysym.toString(16)}`;
  const keyboard = new Keyboard({
    pass: (event) => sent.push(`${event.type} ${event.key}`),
    press: (key) => sent.push(`press ${name(key)}`),
    release: (key) => sent.push(`release ${name(key)}`),
  });
  document.body.append(keyboard.field);
  const key = (type: string, init: KeyboardEventInit) => {
    const event = new KeyboardEvent(type, { cancelable: true, ...init });
    keyboard.field.dispatchEvent(event);
    return event;
  };
  const input = (inputType: string, data: string | null) =>
    keyboard.field.dispatchEvent(new InputEvent('input', { inputType, data }));
  return { keyboard, sent, key, input };
}

test('passes keys on, and keeps them from the page', () => {
  const { sent, key } = setUp();
  const event = key('keydown', { key: 'a', code: 'KeyA' });
  key('keyup', { key: 'a', code: 'KeyA' });
  expect(event.defaultPrevented).toBe(true);
  expect(sent).toEqual(['keydown a', 'keyup a']);
});

test('AltGr and what it makes pass as they are', () => {
  const { sent, key } = setUp();
  key('keydown', { key: 'AltGraph', code: 'AltRight' });
  key('keydown', { key: '@', code: 'KeyQ', modifierAltGraph: true });
  key('keyup', { key: '@', code: 'KeyQ', modifierAltGraph: true });
  key('keyup', { key: 'AltGraph', code: 'AltRight' });
  expect(sent).toEqual([
    ...['keydown AltGraph', 'keydown @'],
    ...['keyup @', 'keyup AltGraph'],
  ]);
});

test('a dead key waits for what it makes, which comes as text', () => {
  const { sent, key, input } = setUp();
  const dead = key('keydown', { key: 'Dead', code: 'BracketLeft' });
  key('keyup', { key: 'Dead', code: 'BracketLeft' });
  // Shift may be pressed between: ^ then E.
  key('keydown', { key: 'Shift', code: 'ShiftLeft' });
  const letter = key('keydown', { key: 'E', code: 'KeyE' });
  expect(dead.defaultPrevented || letter.defaultPrevented).toBe(false);
  input('insertText', 'Ê');
  key('keyup', { key: 'E', code: 'KeyE' });
  key('keyup', { key: 'Shift', code: 'ShiftLeft' });
  key('keydown', { key: 'x', code: 'KeyX' });
  expect(sent).toEqual([
    ...['keydown Shift', 'press 0xca', 'release 0xca', 'keyup Shift'],
    'keydown x',
  ]);
});

test('a dead key that Esc takes back changes nothing for the next', () => {
  const { sent, key } = setUp();
  key('keydown', { key: 'Dead', code: 'BracketLeft' });
  key('keydown', { key: 'Escape', code: 'Escape' });
  key('keydown', { key: 'e', code: 'KeyE' });
  expect(sent).toEqual(['keydown Escape', 'keydown e']);
});

test("a phone's keyboard: letters, a deletion, a line", () => {
  const { sent, input } = setUp();
  input('insertText', 'é');
  input('deleteContentBackward', null);
  input('insertLineBreak', null);
  expect(sent.filter((each) => each.startsWith('press'))).toEqual([
    'press 0xe9',
    'press 0xff08',
    'press 0xff0d',
  ]);
});

test('an input method gives its text once, at the end', () => {
  const { keyboard, sent } = setUp();
  const compose = (type: string, data: string) =>
    keyboard.field.dispatchEvent(new CompositionEvent(type, { data }));
  compose('compositionstart', '');
  compose('compositionupdate', 'ni');
  compose('compositionend', '你');
  expect(sent).toEqual(['press 0x1004f60', 'release 0x1004f60']);
});

test('pasting gives the text first, then its keys', () => {
  const { keyboard, sent, key } = setUp();
  keyboard.pasted.connect((_, text) => sent.push(`text ${text}`));
  key('keydown', { key: 'Control', code: 'ControlLeft' });
  const event = key('keydown', { key: 'v', code: 'KeyV', ctrlKey: true });
  expect(event.defaultPrevented).toBe(false);
  const paste = Object.assign(new Event('paste', { cancelable: true }), {
    clipboardData: { getData: () => 'λ = 1.54 Å' },
  });
  keyboard.field.dispatchEvent(paste);
  expect(sent).toEqual([
    'keydown Control',
    'text λ = 1.54 Å',
    'press 0x76',
    'release 0x76',
  ]);
});

test('where the browser gives nothing to paste, the keys come all the same', () => {
  jest.useFakeTimers();
  const { sent, key } = setUp();
  key('keydown', { key: 'v', code: 'KeyV', ctrlKey: true });
  expect(sent).toEqual([]);
  jest.advanceTimersByTime(1_000);
  expect(sent).toEqual(['press 0x76', 'release 0x76']);
  jest.useRealTimers();
});

test('Ctrl+Alt+Shift gives the keys back, none of them held', () => {
  const { keyboard, sent, key } = setUp();
  let released = 0;
  keyboard.released.connect(() => (released += 1));
  key('keydown', { key: 'Control', code: 'ControlLeft', ctrlKey: true });
  const ctrlAlt = { ctrlKey: true, altKey: true };
  key('keydown', { key: 'Alt', code: 'AltLeft', ...ctrlAlt });
  const all = { ...ctrlAlt, shiftKey: true };
  key('keydown', { key: 'Shift', code: 'ShiftLeft', ...all });
  expect(released).toBe(1);
  expect(sent).toEqual([
    ...['keydown Control', 'keydown Alt', 'keyup Control', 'keyup Alt'],
  ]);
});

test('AltGr+Shift on Windows, which is Ctrl+Alt+Shift there, does not', () => {
  const { keyboard, key } = setUp();
  let released = 0;
  keyboard.released.connect(() => (released += 1));
  const all = { ctrlKey: true, altKey: true, shiftKey: true };
  key('keydown', {
    ...{ key: 'Shift', code: 'ShiftLeft', modifierAltGraph: true },
    ...all,
  });
  key('keydown', { key: '¿', code: 'Minus', modifierAltGraph: true, ...all });
  expect(released).toBe(0);
});

test('keys that are down are let go with the focus', () => {
  const { keyboard, sent, key } = setUp();
  key('keydown', { key: 'Alt', code: 'AltLeft' });
  keyboard.field.dispatchEvent(new FocusEvent('blur'));
  expect(sent).toEqual(['keydown Alt', 'keyup Alt']);
});
