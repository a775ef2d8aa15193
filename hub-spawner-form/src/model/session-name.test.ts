import { HubError } from '../page/client.js';
import { SessionName, slugOf } from './session-name.js';

const { signal } = new AbortController();

test.each([
  ['MA-5127 strain maps', 'ma-5127-strain-maps'],
  ['5127', 'session'],
  ['Überblick  über (alles)', 'uberblick-uber-alles'],
  ['実験', 'session'],
  ['a'.repeat(29) + '-b', 'a'.repeat(29)],
])('%s is %s in addresses', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

function hub(taken: string[]) {
  const made: string[][] = [];
  const nameSession = async (name: string, display: string) => {
    await Promise.resolve();
    made.push([name, display]);
    return !taken.includes(name);
  };
  const name = new SessionName({ nameSession });
  return { name, made };
}

test('makes a session with the name as it was typed', async () => {
  const { name, made } = hub([]);
  expect(name.given).toBe(false);
  name.type('  Strain   maps ');
  expect(name.given).toBe(true);
  expect(await name.make(signal)).toBe('strain-maps');
  expect(made).toEqual([['strain-maps', 'Strain maps']]);
});

test('passes over names that are taken', async () => {
  const { name } = hub(['maps', 'maps-2']);
  name.type('Maps');
  expect(await name.make(signal)).toBe('maps-3');
});

test('says in the hub’s words why there is none, and keeps what was typed', async () => {
  const name = new SessionName({
    nameSession: () => Promise.reject(new HubError('You have 4 already.')),
  });
  name.type('Maps');
  expect(await name.make(signal)).toBeNull();
  expect(name.value).toEqual({ name: 'Maps', problem: 'You have 4 already.' });
});
