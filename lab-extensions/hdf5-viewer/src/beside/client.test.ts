/** @jest-environment node */
import { ServerConnection } from '@jupyterlab/services';

import { Beside } from './client.js';
import { NotBeside } from './schema.js';

type Answer = () => Response;

const requests: { url: string; body: unknown }[] = [];
let answers: Record<string, Answer>;

const settings = ServerConnection.makeSettings({
  baseUrl: 'http://hub/user/alice/',
  fetch: async (request: RequestInfo | URL) => {
    const { url, method } = request as Request;
    const body: unknown =
      method === 'POST' ? await (request as Request).json() : null;
    requests.push({ url, body });
    const answer = answers[url.replace(/.*hdf5\/?|\?.*/g, '')];
    if (answer === undefined) {
      throw new TypeError('away');
    }
    return answer();
  },
});

const json = (body: unknown, status = 200): Answer => {
  return () => new Response(JSON.stringify(body), { status });
};

const numbers = (header: object, bytes: BufferSource): Answer => {
  const headers = { 'X-Beamtime-Array': JSON.stringify(header) };
  return () => new Response(bytes, { headers });
};

let file: ReturnType<Beside['file']>;

beforeEach(() => {
  requests.length = 0;
  answers = { '': json({ available: true }) };
  file = new Beside(settings).file(() => 'raw/a b.h5');
});

test('a group is described', async () => {
  const child = { name: 'b', path: '/a/b', kind: 'group', attributes: [] };
  const group = {
    ...{ name: 'a', path: '/a', kind: 'group', attributes: [] },
    children: [{ ...child, children: null }],
  };
  answers['entities'] = json([group, null]);
  const [a, b] = await Promise.allSettled([
    file.entity('/a'),
    file.entity('/b'),
  ]);
  expect(a).toEqual({ status: 'fulfilled', value: group });
  expect(b.status).toBe('rejected');
  expect(requests.at(-1)?.body).toEqual({
    file: 'raw/a b.h5',
    paths: ['/a', '/b'],
  });
});

test('the top comes with what its default leads to', async () => {
  const root = { name: '', path: '/', kind: 'group', attributes: [] };
  const all = ['/', '/entry'].map((path) => ({ ...root, path, children: [] }));
  answers['opening'] = json(all);
  expect(await file.opening()).toEqual(all);
  expect(requests.at(-1)?.body).toEqual({ file: 'raw/a b.h5' });
});

test('numbers come as they are', async () => {
  const data = new Uint32Array([7, 8]);
  answers['value'] = numbers({ dtype: '<u4', shape: [2] }, data);
  expect(await file.value('/a', ':,1')).toEqual(data);
});

test('a reduced picture comes as large as the whole', async () => {
  answers['picture'] = numbers(
    { dtype: '|u1', shape: [1, 1], step: 2, full: [2, 2] },
    new Uint8Array([5]),
  );
  expect(await file.picture('/a', ':,:', 1)).toEqual(
    new Uint8Array([5, 5, 5, 5]),
  );
});

test.each<[string, Record<string, Answer>]>([
  ['nothing is there', { '': json({ available: false }) }],
  ['the server is another', { '': () => new Response('<html>') }],
  ['the server is away', { '': json({ available: true }) }],
  [
    'it cannot be read',
    { entities: json({ failure: { kind: 'crashed' } }, 422) },
  ],
  ['a proxy answers', { entities: () => new Response('no', { status: 502 }) }],
  ['the answer is not known', { entities: json([{ kind: 'group' }]) }],
])('it fails when %s', async (_, given) => {
  Object.assign(answers, given);
  await expect(file.entity('/')).rejects.toThrow();
});

test('it is asked once whether there is something', async () => {
  answers[''] = json({ available: false });
  await expect(file.entity('/')).rejects.toThrow(NotBeside);
  await expect(file.paths('/')).rejects.toThrow(NotBeside);
  expect(requests).toHaveLength(1);
});
