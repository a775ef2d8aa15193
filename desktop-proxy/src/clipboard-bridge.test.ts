import { Signal } from '@lumino/signaling';

import {
  ClipboardBridge,
  MOST,
  type BrowserClipboard,
} from './clipboard-bridge.js';
import type { DesktopModel } from './model.js';
import type { DesktopScreen } from './screen.js';

/** The few members of a screen that the bridge uses. */
class FakeScreen {
  readonly keyboard = {
    field: document.createElement('textarea'),
    pasted: new Signal<object, string>({}),
  };
  readonly copied = new Signal<object, string>({});
  readonly given: string[] = [];

  paste(text: string): void {
    this.given.push(text);
  }
}

class FakeBrowser implements BrowserClipboard {
  text = '';
  allowed = false;
  refuses = false;

  readonly writeText = async (text: string): Promise<void> => {
    await Promise.resolve();
    if (this.refuses) {
      throw new DOMException('No.', 'NotAllowedError');
    }
    this.text = text;
  };

  readonly readText = async (): Promise<string> => Promise.resolve(this.text);
  readonly mayRead = async (): Promise<boolean> =>
    Promise.resolve(this.allowed);
}

async function settle(): Promise<void> {
  for (let i = 0; i < 10; i += 1) {
    await Promise.resolve();
  }
}

function setUp() {
  const screen = new FakeScreen();
  const browser = new FakeBrowser();
  const model = { state: { kind: 'connecting' } };
  const changed = new Signal<typeof model, void>(model);
  document.body.append(screen.keyboard.field);
  const bridge = new ClipboardBridge(
    screen as unknown as DesktopScreen,
    { ...model, changed } as unknown as DesktopModel,
    browser,
  );
  const connect = () => changed.emit();
  return { screen, browser, bridge, connect };
}

test('what is copied on the desktop goes to the browser, if the user is there', async () => {
  const { screen, browser, bridge } = setUp();
  screen.keyboard.field.focus();
  screen.copied.emit('λ = 1.54 Å');
  await settle();
  expect(browser.text).toBe('λ = 1.54 Å');
  expect(bridge.isWaiting).toBe(false);
});

test('a tab that only looks on leaves the browser’s clipboard alone', async () => {
  const { screen, browser, bridge } = setUp();
  browser.text = 'mine';
  screen.copied.emit('theirs');
  await settle();
  expect(browser.text).toBe('mine');
  expect(bridge.isWaiting).toBe(true);
  expect(bridge.text).toBe('theirs');
});

test('where the browser refuses, the text waits to be taken by hand', async () => {
  const { screen, browser, bridge } = setUp();
  browser.refuses = true;
  screen.keyboard.field.focus();
  screen.copied.emit('text');
  await settle();
  expect(bridge.isWaiting).toBe(true);
  browser.refuses = false;
  expect(await bridge.take('text')).toBe(true);
  expect(bridge.isWaiting).toBe(false);
});

test('what was copied elsewhere comes with the focus, if reading was allowed', async () => {
  const { screen, browser } = setUp();
  browser.text = 'from elsewhere';
  screen.keyboard.field.focus();
  await settle();
  expect(screen.given).toEqual([]);
  screen.keyboard.field.blur();
  browser.allowed = true;
  screen.keyboard.field.focus();
  await settle();
  expect(screen.given).toEqual(['from elsewhere']);
});

test('what lay on the browser’s clipboard before does not replace what was sent since', async () => {
  const { screen, browser, bridge } = setUp();
  const { field } = screen.keyboard;
  browser.allowed = true;
  field.focus();
  screen.copied.emit('from the desktop');
  await settle();
  field.blur();
  bridge.give('from the panel');
  field.focus();
  await settle();
  expect(screen.given).toEqual(['from the panel']);
});

test('nothing is sent back to where it came from, nor twice', async () => {
  const { screen, bridge } = setUp();
  screen.copied.emit('a');
  bridge.give('a');
  bridge.give('b');
  screen.keyboard.pasted.emit('b');
  await settle();
  expect(screen.given).toEqual(['b']);
});

test('a new connection may be to another desktop: it is given anew', () => {
  const { screen, bridge, connect } = setUp();
  bridge.give('a');
  connect();
  bridge.give('a');
  expect(screen.given).toEqual(['a', 'a']);
});

test('5 million characters go, more are refused', () => {
  const { screen, bridge } = setUp();
  expect(bridge.give('λ'.repeat(5_000_000))).toBe(true);
  expect(bridge.give('x'.repeat(MOST + 1))).toBe(false);
  expect(screen.given).toHaveLength(1);
});
