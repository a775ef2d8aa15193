import { readSaid } from './side-channel.js';

test('understands what the gateway says', () => {
  expect(readSaid('{"type":"pong","n":3}')).toEqual({ type: 'pong', n: 3 });
  expect(readSaid('{"type":"sizing","mine":false}')).toEqual({
    type: 'sizing',
    mine: false,
  });
});

test.each(['{"type":"role","role":"view"}', '{"type":"pong"}', 'pong', ''])(
  'takes no notice of what it does not know: %s',
  (text) => {
    expect(readSaid(text)).toBeNull();
  },
);
