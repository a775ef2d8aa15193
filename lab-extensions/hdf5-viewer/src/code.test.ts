import { codeFor } from './code.js';

const PATH = '/entry/data/data';

test('the slice that is shown is read, from where the notebook runs', () => {
  const shown = { path: PATH, selection: '3,:,:' };
  expect(
    codeFor(
      shown,
      'Experiments/E/raw/S.nxs',
      'Experiments/E/processed/a.ipynb',
    ),
  ).toBe(
    [
      'import h5py',
      '',
      'with h5py.File("../raw/S.nxs", "r", locking=False) as file:',
      '    data = file["/entry/data/data"][3, :, :]',
    ].join('\n'),
  );
});

test.each([
  ['a.h5', 'n.ipynb', '"a.h5"'],
  ['raw/a.h5', 'n.ipynb', '"raw/a.h5"'],
  ['raw/a "b"\\c.h5', 'n.ipynb', String.raw`"raw/a \"b\"\\c.h5"`],
])('%s is named from %s', (file, notebook, expected) => {
  const code = codeFor({ path: PATH }, file, notebook);
  expect(code).toContain(`File(${expected}, "r"`);
  expect(code).toContain('["/entry/data/data"][()]');
});
