import { Signal } from '@lumino/signaling';
import { ExperimentActions } from './actions.js';
import { away, link, words } from './fakes.js';
import type { ISessionExperiments } from './tokens.js';

let executed: [string, unknown][];
let complaints: string[];
let links: Record<string, () => Promise<ReturnType<typeof link>>>;
let actions: ExperimentActions;

beforeEach(() => {
  executed = [];
  complaints = [];
  links = { 'embedded:1': () => Promise.resolve(link('1')) };
  const session: ISessionExperiments = {
    links: new Map(),
    problems: [],
    changed: new Signal<ISessionExperiments, void>({} as ISessionExperiments),
    refresh: () => Promise.resolve(),
    link: (key) => links[key]?.() ?? Promise.reject(away),
  };
  actions = new ExperimentActions(
    session,
    {
      commands: {
        execute: (id, args) => {
          executed.push([id, args]);
          return Promise.resolve();
        },
      },
      kernelspecs: {
        ready: Promise.resolve(),
        specs: { default: 'python3', kernelspecs: {} },
      },
      complain: (message) => complaints.push(message),
    },
    words.trans,
  );
});

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

test('makes a notebook in the processed folder, with the default kernel', async () => {
  await actions.newNotebook('embedded:1');
  expect(executed).toEqual([
    [
      'notebook:create-new',
      { cwd: `${folder}/processed`, kernelName: 'python3' },
    ],
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
