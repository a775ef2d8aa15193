import { pathBelow } from './notebook-view.js';

test.each<[string, string[], string | null]>([
  ['/home/alice', ['/home/alice/a/b.h5'], 'a/b.h5'],
  ['/home/alice/', ['/gpfs/alice/b.h5', '/home/alice/b.h5'], 'b.h5'],
  ['/', ['/data/b.h5'], 'data/b.h5'],
  ['/home/alice', ['/home/alicia/b.h5'], null],
  ['/home/alice', [], null],
  ['', ['/b.h5'], null],
])('below %j, %j is %j', (root, files, path) => {
  expect(pathBelow(root, files)).toBe(path);
});
