import type { BesideFile } from './beside/client.js';
import { NotBeside } from './beside/schema.js';
import { Reader } from './reader.js';
import type { EntityDescription } from './worker/protocol.js';

const type = {
  class: 'integer',
  bits: 32,
  signed: false,
  littleEndian: true,
} as const;

const dataset = (name: string, more: object): EntityDescription => ({
  ...{ name, path: `/${name}`, kind: 'dataset', type, attributes: [] },
  ...{ dims: [1000, 2048, 2048], chunks: null, filters: [], sources: [] },
  ...more,
});

const ROOT: EntityDescription = {
  name: '',
  path: '/',
  kind: 'group',
  attributes: [
    { name: 'NX_class', dims: [], type, value: 'NXroot' },
    { name: 'mask', dims: [1000], type },
  ],
  children: [
    dataset('raw', {}),
    dataset('gzip', {
      chunks: [1, 2048, 2048],
      filters: [{ id: 1, name: 'deflate' }],
    }),
  ],
};

const ENTRY = dataset('entry', {});

let isAway: boolean;
let asked: string[];
let reader: Reader;

beforeEach(async () => {
  isAway = false;
  asked = [];
  const answer = <T>(value: T) =>
    isAway
      ? Promise.reject<T>(new NotBeside('away'))
      : Promise.resolve<T>(value);
  reader = new Reader(
    {
      ask: (operation: string) => {
        asked.push(operation);
        return Promise.resolve(operation === 'entity' ? ROOT : 'worker');
      },
    },
    {
      opening: () => answer([ROOT, ENTRY]),
      entity: (path: string) => {
        asked.push(`beside ${path}`);
        return answer(ROOT);
      },
      paths: () => answer(['/raw']),
      value: () => answer('beside'),
    } as unknown as BesideFile,
  );
  await reader.entity('/');
});

test('a tree does not need the worker', async () => {
  expect(await reader.entity('/')).toBe(ROOT);
  expect(await reader.paths('/')).toEqual(['/raw']);
  expect(await reader.attributes('/', ['NX_class'])).toEqual({
    NX_class: 'NXroot',
  });
  expect(asked).toEqual([]);
});

test('what did not come along is asked of the worker', async () => {
  await reader.attributes('/', ['NX_class', 'mask']);
  await reader.attributes('/raw', ['units']);
  expect(asked).toEqual(['attributes', 'attributes']);
});

test('without work beside the data, the worker does all', async () => {
  isAway = true;
  expect(await reader.entity('/other')).toBe(ROOT);
  expect(await reader.paths('/')).toBe('worker');
  expect(await reader.value('/gzip', ':,3,3')).toBe('worker');
});

test.each([
  ['/gzip', '3,:,:', 'worker'],
  ['/gzip', ':,3,3', 'beside'],
  ['/raw', ':,3,3', 'beside'],
  // As many bytes from there, and they can be given up.
  ['/raw', '3,:,:', 'beside'],
  ['/raw', '3,3,3', 'worker'],
  ['/raw', null, 'worker'],
  ['/unknown', ':', 'worker'],
])('%s %s is read by %s', async (path, selection, expected) => {
  expect(await reader.value(path, selection)).toBe(expected);
});

test('what came along with the top is not asked for, once', async () => {
  expect(await reader.entity('/entry')).toBe(ENTRY);
  expect(asked).toEqual([]);
  await reader.entity('/entry');
  expect(asked).toEqual(['beside /entry']);
});

test('what came along with the top is forgotten when the file has changed', async () => {
  reader.forget();
  await reader.entity('/entry');
  expect(asked).toEqual(['beside /entry']);
});
