import { experiment } from './fakes.js';
import { codeFor, firstCell, notebookOf } from './code.js';

const one = {
  ...experiment('1', {
    title: 'Evil\nimport os; os.remove("x")\u2028again',
    pids: [{ scheme: 'doi', value: '10.5072/1' }],
  }),
  dataPath: '/data/a "b"',
};

test('a catalogue’s text stays a comment or a string', () => {
  expect(firstCell(one, 'raw/s 1.nxs')).toBe(
    [
      'from pathlib import Path',
      '',
      'import h5py',
      '',
      '# MA-1 BX11: Evil import os; os.remove("x") again',
      'experiment = Path("/data/a \\"b\\"")',
      'raw = experiment / "raw"',
      'processed = experiment / "processed"',
      '',
      'with h5py.File(experiment / "raw/s 1.nxs", "r", locking=False) as file:',
      '    print(list(file))',
    ].join('\n'),
  );
  expect(codeFor(one, '/data/x.h5')).toContain(
    'h5py.File("/data/x.h5", "r", locking=False)',
  );
});

test('without a file that is known the first cell says what there is', () => {
  const code = firstCell(one, null);
  expect(code).toContain('raw.iterdir()');
  expect(code).not.toContain('h5py');
});

test('a notebook says which experiment it belongs to', () => {
  const notebook = notebookOf(one, null, { name: 'py', display_name: 'Py' });
  expect(notebook.metadata).toEqual({
    kernelspec: { name: 'py', display_name: 'Py' },
    beamtime: {
      experiment: {
        key: 'embedded:1',
        proposal: 'MA-1',
        title: one.title,
        instrument: 'BX11',
        doi: '10.5072/1',
        dataPath: one.dataPath,
      },
    },
  });
  expect(notebook.cells.map(({ source }) => source === '')).toEqual([
    false,
    true,
  ]);
});
