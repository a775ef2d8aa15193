import { SessionRequest } from '@beamtime/contract';
import { openingUrl, readOpening, type Opening } from './opening.js';

test.each<[Opening, string | undefined]>([
  [{ kind: 'start' }, undefined],
  [{ kind: 'desktop' }, '/lab?beamtime-desktop=desktop'],
  [{ kind: 'program', program: 'pymca' }, '/lab?beamtime-desktop=pymca'],
  [
    { kind: 'path', path: 'Experiments/MA-5127-BX11/raw/scan 1.nxs' },
    '/lab/tree/Experiments/MA-5127-BX11/raw/scan%201.nxs',
  ],
  [{ kind: 'url', url: '/lab/workspaces/x' }, '/lab/workspaces/x'],
])('%j is %s, both ways', (opening, url) => {
  expect(openingUrl(opening, false)).toBe(url);
  expect(readOpening(url)).toEqual(opening);
});

test.each(['~/a/b.ipynb', '/a/b.ipynb', ' a/b.ipynb '])(
  'a path typed as %j is one below the session’s folder',
  (path) => {
    expect(openingUrl({ kind: 'path', path }, true)).toBe('/tree/a/b.ipynb');
  },
);

test('whatever is typed as a path or program is one that the rules know', () => {
  for (const typed of ["it's", 'ä ö', 'a?b#c', '100%', '"&<']) {
    for (const opening of [
      { kind: 'path', path: typed },
      { kind: 'program', program: typed },
    ] as const) {
      const url = openingUrl(opening, false);
      expect(SessionRequest.shape.default_url.safeParse(url).success).toBe(
        true,
      );
    }
  }
});

test('a link that is not percent-encoded is shown as it is', () => {
  const url = '/lab/tree/%E0%A4%A';
  expect(readOpening(url)).toEqual({ kind: 'url', url });
});
