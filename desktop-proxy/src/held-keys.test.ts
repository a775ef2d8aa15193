import { HeldKeys } from './held-keys.js';

test('a held key is down until the next one was typed', () => {
  const sent: string[] = [];
  const held = new HeldKeys(
    ({ code }) => sent.push(`press ${code}`),
    ({ code }) => sent.push(`release ${code}`),
  );
  held.toggle('Ctrl');
  held.toggle('Alt');
  held.toggle('Alt');
  expect([held.isHeld('Ctrl'), held.isHeld('Alt')]).toEqual([true, false]);
  held.letGo();
  held.letGo();
  expect(held.isHeld('Ctrl')).toBe(false);
  expect(sent).toEqual([
    ...['press ControlLeft', 'press AltLeft', 'release AltLeft'],
    'release ControlLeft',
  ]);
});
