import type { Experiment } from '@beamtime/contract';
import { fileBelow, labPath, plainDoi, readLink } from './link.js';

const steel: Experiment = {
  ref: { source: 'icat', id: '7' },
  proposal: 'MA-5127',
  title: 'Steel',
  instrument: { name: 'BX11' },
  visibility: 'member',
  people: [],
  pids: [],
  dataPath: '/data/MA-5127',
};

test.each([
  ['10.5072/MA-5127', '10.5072/ma-5127'],
  ['doi:10.5072/x', '10.5072/x'],
  ['https://doi.org/10.5072/x', '10.5072/x'],
  ['http://dx.doi.org/10.5072/x', '10.5072/x'],
])('%s is the DOI %s', (written, doi) => {
  expect(plainDoi(written)).toBe(doi);
  expect(readLink({ doi: written })).toMatchObject({ doi });
});

test.each([
  [{}, 'neither a DOI nor an experiment'],
  [{ doi: '' }, 'neither'],
  [{ doi: 'https://evil.example.org/10.5072/x' }, 'not a DOI'],
  [{ doi: '10.5072/a b' }, 'not a DOI'],
  [{ doi: `10.5072/${'x'.repeat(400)}` }, 'too long'],
  [{ experiment: 'x'.repeat(300) }, 'too long'],
  [{ experiment: ['a:1', 'a:2'] }, 'there twice'],
  [{ experiment: 'icat:7', file: 'raw/a\nb' }, 'characters'],
  [{ experiment: 'icat:7', path: '/entry' }, 'no file'],
  [{ experiment: 'icat:7', file: 'raw/a.h5', path: 'entry' }, 'from its top'],
  [{ experiment: 'icat:7', file: 'raw/a.h5', path: '/../x' }, 'from its top'],
])('a link that is broken is said to be: %j', (query, words) => {
  expect(() => readLink(query)).toThrow(words);
});

test('what else is in the address does not matter', () => {
  expect(readLink({ experiment: 'icat:7', utm_source: 'mail' })).toEqual({
    key: 'icat:7',
    file: '',
    path: '',
  });
});

test.each([
  ['raw/S03/a b.nxs', 'raw/S03/a b.nxs'],
  ['/data/MA-5127/raw/a.nxs', 'raw/a.nxs'],
  ['', ''],
])('the file %s is %s below the experiment', (written, file) => {
  expect(fileBelow(steel, written)).toBe(file);
});

test.each([
  '/etc/passwd',
  '/data/MA-5127x/raw/a.nxs',
  '/data/MA-5127/../MA-1/raw/a.nxs',
  'raw/../../etc/passwd',
  'raw/./a.nxs',
  'raw//a.nxs',
  'raw\\..\\a.nxs',
  'https://evil.example.org/a.nxs',
  'notes/a.nxs',
])('the file %s is refused, whatever there is', (written) => {
  expect(() => fileBelow(steel, written)).toThrow(
    'does not lie in the folders',
  );
});

test('an experiment without a folder has no files to lead to', () => {
  const { dataPath, ...rest } = steel;
  expect(dataPath).toBeDefined();
  expect(() => fileBelow(rest, '/data/MA-5127/raw/a.nxs')).toThrow('MA-5127');
});

test('JupyterLab is told by names that an address can have', () => {
  expect(labPath(steel, "raw/it's 1.nxs", '/entry/data')).toBe(
    'lab?beamtime-experiment=icat%3A7&beamtime-file=raw%2Fit%27s%201.nxs&beamtime-at=%2Fentry%2Fdata',
  );
  expect(labPath(steel, '', '')).toBe('lab?beamtime-experiment=icat%3A7');
  expect(labPath(steel, 'raw/scan..nxs', '')).toBeNull();
  expect(labPath(steel, `raw/${'x'.repeat(990)}`, '')).toBeNull();
});
