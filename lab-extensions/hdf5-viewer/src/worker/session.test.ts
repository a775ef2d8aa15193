/**
 * The real HDF5 of h5wasm on real files, which come from memory instead of a server.
 *
 * @jest-environment node
 */
import { readFileSync } from 'node:fs';

import { File, FS, ready } from 'h5wasm';

import type { EntityDescription, FileLocation } from './protocol.js';
import { Hdf5Session } from './session.js';
import type { RangeTransport } from './transport.js';

const MASTER = 'Experiments/MA-5127 BX11/raw/scan ü 1.h5';
const PART = 'Experiments/MA-5127 BX11/raw/sub/part 1.h5';
const BASE = 'http://hub/user/alice/files/';

/** Path below the root → bytes, or the status that the server answers. */
const served = new Map<string, Uint8Array<ArrayBuffer> | number>();
let asked: string[] = [];

const transport: RangeTransport = (url, start, end) => {
  const path = decodeURIComponent(url.slice(BASE.length));
  asked.push(path);
  const file = served.get(path) ?? 404;
  if (typeof file === 'number') {
    return { status: file, bytes: new Uint8Array(0), size: null };
  }
  const status = start < file.length ? 206 : 416;
  return { status, bytes: file.slice(start, end), size: file.length };
};

function locate(path: string, more: Partial<FileLocation> = {}): FileLocation {
  return { path, sources: [BASE], headers: {}, root: '/home/alice', ...more };
}

/** Writes a file with HDF5 itself. */
function make(fill: (file: File) => void): Uint8Array<ArrayBuffer> {
  const file = new File('/made.h5', 'w');
  fill(file);
  file.close();
  const bytes = FS?.readFile('/made.h5');
  return new Uint8Array(bytes ?? []);
}

const frames = (length: number) =>
  Uint32Array.from({ length }, (_, index) => index % 1000);

beforeAll(async () => {
  await ready;
  served.set(
    PART,
    make((file) => {
      const data = frames(4 * 100 * 100);
      file.create_dataset({ name: 'data', data, shape: [4, 100, 100] });
      file.create_attribute('who', 'part');
    }),
  );
  served.set(
    MASTER,
    make((file) => {
      file.create_attribute('NX_class', 'NXroot');
      const entry = file.create_group('entry');
      entry.create_attribute('default', 'data');
      const image = entry.create_dataset({
        name: 'image',
        data: frames(3 * 200 * 100),
        shape: [3, 200, 100],
        chunks: [1, 200, 100],
        compression: 'gzip',
      });
      image.create_attribute('units', 'counts');
      entry.create_dataset({ name: 'title', data: 'Crack tip' });
      entry.create_dataset({
        name: 'energy',
        data: new Float64Array([7.1, 7.2]),
      });
      entry.create_soft_link('/entry/image', 'data');
      entry.create_soft_link('/nowhere', 'broken');
      entry.create_external_link('sub/part 1.h5', '/', 'part');
      entry.create_external_link('sub/none.h5', '/', 'missing');
    }),
  );
  served.set('Experiments/empty.h5', new Uint8Array(0));
  served.set(
    'note.h5',
    new TextEncoder().encode('Not HDF5 at all. '.repeat(9)),
  );
  served.set('old.nc', new TextEncoder().encode('CDF\u0001'.padEnd(99, '\0')));
  const whole = served.get(MASTER) as Uint8Array<ArrayBuffer>;
  served.set('cut.h5', whole.slice(0, whole.length - 1000));
  served.set('secret.h5', 403);
});

const session = new Hdf5Session(() => transport);
beforeEach(async () => {
  await session.open(locate(MASTER));
  asked = [];
});

function children(entity: EntityDescription): Map<string, EntityDescription> {
  const list = entity.kind === 'group' ? (entity.children ?? []) : [];
  return new Map(list.map((child) => [child.name, child]));
}

test('a group lists what it holds, with kind, shape and type', () => {
  const entry = children(session.entity({ path: '/entry' }));
  expect([...entry].map(([name, { kind }]) => `${name}: ${kind}`)).toEqual([
    'broken: unresolved',
    'data: dataset',
    'energy: dataset',
    'image: dataset',
    'missing: unresolved',
    'part: group',
    'title: dataset',
  ]);
  expect(entry.get('image')).toMatchObject({
    path: '/entry/image',
    dims: [3, 200, 100],
    chunks: [1, 200, 100],
    filters: [{ id: 1, name: 'deflate' }],
    type: { class: 'integer', bits: 32, signed: false, littleEndian: true },
    attributes: [{ name: 'units', dims: [] }],
  });
  expect(entry.get('broken')).toMatchObject({
    link: { class: 'Soft', path: '/nowhere' },
  });
  expect(entry.get('missing')).toMatchObject({
    link: { class: 'External', file: 'sub/none.h5', path: '/' },
  });
});

test('attributes have values', () => {
  const args = { path: '/entry/data', names: ['units'] };
  expect(session.attributes(args)).toEqual({ units: 'counts' });
});

test('one frame is read of a compressed dataset', async () => {
  const value = await session.value({
    path: '/entry/image',
    selection: '2,:,:',
  });
  expect(value).toEqual(frames(3 * 200 * 100).slice(2 * 200 * 100));
});

test('one value is not in a list', async () => {
  expect(await session.value({ path: '/entry/title', selection: null })).toBe(
    'Crack tip',
  );
});

test('the files that it names are known once they were asked for', () => {
  expect(session.neighbours({ most: 8 })).toEqual([]);
  session.entity({ path: '/entry/part' });
  session.entity({ path: '/entry/missing' });
  const none = PART.replace('part 1', 'none');
  expect(session.neighbours({ most: 8 })).toEqual([PART, none]);
  expect(session.neighbours({ most: 1 })).toEqual([none]);
});

test('an external link is followed into a folder with a space in its name', async () => {
  const part = session.entity({ path: '/entry/part' });
  expect(children(part).get('data')?.path).toBe('/entry/part/data');
  const args = { path: '/entry/part', names: ['who'] };
  expect(session.attributes(args)).toEqual({ who: 'part' });
  const value = await session.value({
    path: '/entry/part/data',
    selection: '1,:,:',
  });
  expect(value).toEqual(frames(4 * 100 * 100).slice(10_000, 20_000));
  expect(asked.filter((path) => path === PART).length).toBeLessThan(4);
});

test('a part of a virtual dataset that is not there is named', async () => {
  const file = readFileSync(`${__dirname}/recorded/two-parts.h5`);
  const master = 'Experiments/MA-5127 BX11/raw/master.h5';
  served.set(master, new Uint8Array(file));
  await session.open(locate(master));
  expect(session.missing({ path: '/frames' })).toEqual([]); // Not asked for yet.
  const value = await session.value({ path: '/frames', selection: ':,0,:' });
  expect(value).toEqual(
    Uint32Array.from([...frames(100), ...Array<number>(100).fill(7)]),
  );
  expect(session.missing({ path: '/frames' })).toEqual(['sub/gone.h5']);
});

test('the search lists every path', () => {
  expect(session.paths({ path: '/' })).toContain('/entry/energy');
});

test('a folder is not asked for, a file that is not there only once', () => {
  session.entity({ path: '/entry' });
  session.entity({ path: '/entry' });
  const names = asked.map((path) => path.slice(path.lastIndexOf('/') + 1));
  expect(names.filter((name) => name === 'none.h5')).toHaveLength(1);
  expect(names).not.toContain('sub');
});

test('thousands of errors do no harm', async () => {
  for (let time = 0; time < 5000; time += 1) {
    session.attributes({ path: `/entry/nothing`, names: ['x'] });
  }
  const value = await session.value({ path: '/entry/energy', selection: null });
  expect(value).toEqual(new Float64Array([7.1, 7.2]));
});

test.each([
  ['Experiments/empty.h5', { kind: 'empty' }],
  ['note.h5', { kind: 'not-hdf5', netcdf3: false }],
  ['old.nc', { kind: 'not-hdf5', netcdf3: true }],
  ['cut.h5', { kind: 'truncated' }],
  ['secret.h5', { kind: 'forbidden', file: 'secret.h5' }],
  ['gone.h5', { kind: 'missing', file: 'gone.h5' }],
])('%s cannot be opened, and the reason is told', async (path, failure) => {
  await expect(session.open(locate(path))).rejects.toMatchObject({ failure });
});

test('without our server extension the files come from Jupyter', async () => {
  const sources = ['http://hub/user/alice/nothing/here/', BASE];
  const opened = await session.open(locate(MASTER, { sources }));
  expect(opened.source).toBe(BASE);
});

test('a file that is opened again is read again', async () => {
  served.set(
    'grows.h5',
    make((file) => void file.create_group('first')),
  );
  await session.open(locate('grows.h5'));
  served.set(
    'grows.h5',
    make((file) => void file.create_group('second')),
  );
  expect([...children(session.entity({ path: '/' })).keys()]).toEqual([
    'first',
  ]);
  await session.open(locate('grows.h5'));
  expect([...children(session.entity({ path: '/' })).keys()]).toEqual([
    'second',
  ]);
});
