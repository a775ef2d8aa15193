import { posix } from 'node:path';
import { below } from './files.js';
import { readPicture } from './thumbnail.js';
import { contains } from './where.js';
import { fulfils } from '../../testing/mongo-like.js';

/** The same numbers in every run. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    yield state;
  }
}

test.each([
  ['/data/a', 'x.h5', 'x.h5'],
  ['/data/a/', './b/../x.h5', 'x.h5'],
  ['/data/a', '/data/a/b/x.h5', 'b/x.h5'],
  ['/data/a', '/data/ab/x.h5', null],
  ['/data/a', '../x.h5', null],
  ['/data/a', 'b/../../x.h5', null],
  ['/data/a', '/etc/passwd', null],
  ['/data/a', '', null],
  ['/data/a', '.', null],
  ['/data/a', 'b/', null],
  ['/data/a', 'x\0.h5', null],
  ['data/a', 'x.h5', null],
  ['', '/x.h5', null],
])(
  'a file of a dataset lies in its folder: %s, %s',
  (folder, path, expected) => {
    expect(below(folder, path)).toBe(expected);
  },
);

test('no path leaves its folder, however it is put together', () => {
  const parts = ['..', '.', '', 'a', 'b c', '...', 'data', '..a', 'é', '\0'];
  const random = numbers(7);
  for (let run = 0; run < 5_000; run += 1) {
    const pick = (most: number) =>
      Array.from(
        { length: random.next().value % most },
        () => parts[random.next().value % parts.length],
      ).join('/');
    const folder = `/data/${pick(4)}`;
    const path = `${random.next().value % 3 ? '' : '/'}${pick(8)}`;
    const name = below(folder, path);
    if (name !== null) {
      const base = posix.normalize(`${folder}/`);
      const whole = posix.join(base, name);
      expect(whole.startsWith(base)).toBe(true);
      expect(posix.normalize(name)).toBe(name);
      expect(name.split('/')).not.toContain('..');
    }
  }
});

test('any text is looked for as it is, never as a pattern', () => {
  const signs = '\\^$.*+?()[]{}|/-a1 \'"%'.split('');
  const random = numbers(11);
  for (let run = 0; run < 2_000; run += 1) {
    const word = () =>
      Array.from(
        { length: 1 + (random.next().value % 6) },
        () => signs[random.next().value % signs.length],
      ).join('');
    const [title, text] = [word(), word()];
    const wanted = text
      .split(/\s+/)
      .every((one) => title.toLowerCase().includes(one.toLowerCase()));
    expect(fulfils({ title }, { $and: contains(text, ['title']) })).toBe(
      wanted,
    );
  }
});

const PNG = [0x89, 0x50, 0x4e, 0x47, 1];
const url = (type: string, bytes: readonly number[] | Uint8Array) =>
  `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;

test.each([
  ['a PNG', url('image/png', PNG), 'image/png'],
  ['a JPEG', url('image/jpeg', [0xff, 0xd8, 0xff, 1]), 'image/jpeg'],
  ['an SVG, which can run scripts', url('image/svg+xml', PNG), undefined],
  ['a page', url('text/html', PNG), undefined],
  [
    'a page that says it is a PNG',
    url('image/png', Buffer.from('<script>')),
    undefined,
  ],
  [
    'a JPEG that says it is a PNG',
    url('image/png', [0xff, 0xd8, 0xff]),
    undefined,
  ],
  ['no base64', 'data:image/png,%89PNG', undefined],
  ['an address', 'https://example.org/x.png', undefined],
  ['an empty one', 'data:image/png;base64,', undefined],
  [
    'more than a MiB',
    url('image/png', [...PNG, ...new Uint8Array(1024 * 1024)]),
    undefined,
  ],
])('shows pictures that are what they say: %s', (_, text, type) => {
  expect(readPicture(text)?.type).toBe(type);
});
