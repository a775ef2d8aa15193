import { serverFromPath } from './address.js';

test.each([
  ['/hub/spawn', ''],
  ['/hub/spawn/alice', ''],
  ['/hub/spawn/alice/', ''],
  ['/hub/spawn/alice/one', 'one'],
  ['/hub/spawn/alice%40x/my%20one', 'my one'],
  ['/hub/spawn/alice/%', null],
  ['/hub/home', null],
  ['/other/spawn/alice/one', null],
])('%s asks for the session %j', (pathname, server) => {
  expect(serverFromPath(pathname, '/hub/')).toBe(server);
});
