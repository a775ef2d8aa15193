import { Signal } from '@lumino/signaling';
import { ExperimentActions } from './actions.js';
import { away, experiment, link, words } from './fakes.js';
import type { ISessionExperiments } from './tokens.js';

let executed: [string, unknown][];
let complaints: string[];
let told: string[];
let notebook: boolean;
let links: Record<string, () => Promise<ReturnType<typeof link>>>;
let actions: ExperimentActions;

beforeEach(() => {
  executed = [];
  complaints = [];
  told = [];
  links = { 'embedded:1': () => Promise.resolve(link('1')) };
  const session: ISessionExperiments = {
    links: new Map(),
    problems: [],
    changed: new Signal<ISessionExperiments, void>({} as ISessionExperiments),
    refresh: () => Promise.resolve(),
    link: (key) => links[key]?.() ?? Promise.reject(away),
  };
  notebook = false;
  const made =
    (id: string) =>
    (...args: unknown[]) => {
      executed.push([id, args]);
      return Promise.resolve();
    };
  actions = new ExperimentActions(
    session,
    {
      commands: {
        execute: (id, args) => {
          executed.push([id, args]);
          return Promise.resolve();
        },
        hasCommand: (id) => id === 'beamtime-hdf5:open',
      },
      notebooks: { make: made('notebook') },
      hasNotebook: () => notebook,
      copy: (text) => executed.push(['copy', text]),
      complain: (message) => complaints.push(message),
      tell: (message) => told.push(message),
    },
    (key) =>
      key === 'embedded:1' ? Promise.resolve(one) : Promise.reject(away),
    words.trans,
  );
});

const one = experiment('1', { dataPath: '/data/MA-1' });
const folder = 'Experiments/MA-1-BX11';

test('opens a file by its path in the session', async () => {
  await actions.openFile('embedded:1', 'raw/S03/scan_7.nxs');
  expect(executed).toEqual([
    ['docmanager:open', { path: `${folder}/raw/S03/scan_7.nxs` }],
  ]);
});

test.each([
  'scan.nxs',
  'raw',
  'raw/',
  'raw/../secret',
  '/etc/passwd',
  'other/x.h5',
])('opens no file %j, and says why', async (relPath) => {
  await actions.openFile('embedded:1', relPath);
  expect(executed).toEqual([]);
  expect(complaints[0]).toContain(`the file ${relPath},`);
});

test('shows a folder in the file browser', async () => {
  await actions.showFolder('embedded:1', 'raw');
  expect(executed).toEqual([
    ['filebrowser:go-to-path', { path: `${folder}/raw` }],
  ]);
});

test('opens an HDF5 file at a path in it', async () => {
  await actions.openFile('embedded:1', 'raw/a.h5', '/entry/data');
  expect(executed).toEqual([
    ['beamtime-hdf5:open', { path: `${folder}/raw/a.h5`, at: '/entry/data' }],
  ]);
});

test('makes a notebook in the processed folder', async () => {
  await actions.newNotebook('embedded:1', 'raw/a.h5');
  expect(executed).toEqual([
    ['notebook', [one, 'embedded:1', `${folder}/processed`, 'raw/a.h5']],
  ]);
});

test('says where an experiment is that was added', async () => {
  await actions.add('embedded:1');
  expect(told).toEqual(['In this session: Experiments/MA-1-BX11']);
});

test('an experiment of which no folder may be read is not added in silence', async () => {
  links['embedded:1'] = () =>
    Promise.resolve(
      link('1', {
        raw: null,
        processed: null,
        problems: ['A new session has the rights.'],
      }),
    );
  await actions.add('embedded:1');
  expect([told, complaints]).toEqual([[], ['A new session has the rights.']]);
});

test('code goes to the notebook that is open, below its cell', async () => {
  notebook = true;
  await actions.insertCode('embedded:1', 'raw/a.h5');
  expect(executed.map(([id]) => id)).toEqual([
    'notebook:insert-cell-below',
    'notebook:replace-selection',
  ]);
  expect(JSON.stringify(executed[1])).toContain('/data/MA-1/raw/a.h5');
});

test('without a notebook it says what to do', async () => {
  await actions.insertCode('embedded:1', 'raw/a.h5');
  expect([executed, complaints]).toEqual([
    [],
    ['Open the notebook first that the code is for.'],
  ]);
});

test('copies the path of the data, or of a file', async () => {
  await actions.copyPath('embedded:1');
  await actions.copyPath('embedded:1', 'raw/a.h5');
  expect(executed).toEqual([
    ['copy', '/data/MA-1'],
    ['copy', '/data/MA-1/raw/a.h5'],
  ]);
});

test('a folder that is not there is said in the words of the session', async () => {
  links['embedded:1'] = () =>
    Promise.resolve(
      link('1', { processed: null, problems: ['There is no folder yet.'] }),
    );
  await actions.newNotebook('embedded:1');
  expect([executed, complaints]).toEqual([[], ['There is no folder yet.']]);
});

test('an experiment that cannot be linked is said, and nothing opened', async () => {
  await actions.openFile('embedded:2', 'raw/x.h5');
  expect([executed, complaints]).toEqual([[], ['The service is away.']]);
});
