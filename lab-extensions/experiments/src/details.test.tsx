import type {
  Dataset,
  DatasetPage,
  Experiment,
  FilePage,
  PartQuery,
} from '@beamtime/contract';
import { Widget } from '@lumino/widgets';
import { ExperimentDetails } from './details.js';
import { Answer, away, experiment, link, words } from './fakes.js';
import { SessionExperiments } from './session.js';
import { ExperimentTab } from './tab.js';

/** A catalogue that answers when it is told to. */
class FakeCatalogue {
  experiment = new Answer<Experiment>();
  datasets_ = new Answer<DatasetPage>();
  get = () => this.experiment.promise;
  askedFor: PartQuery[] = [];
  datasets = (_key: string, query: PartQuery) => {
    this.askedFor.push(query);
    return this.datasets_.promise;
  };
  thumbnail = () => Promise.resolve(null);
  files = (): Promise<FilePage> =>
    Promise.resolve({
      items: [
        {
          name: 'scan.nxs',
          relPath: 'raw/scan.nxs',
          bytes: 5_400_000,
          kind: 'hdf5',
        },
      ],
      asOf: '',
      problems: [],
    });
}

let catalogue: FakeCatalogue;
let done: [string, string?][];
let tab: ExperimentTab;

beforeEach(() => {
  catalogue = new FakeCatalogue();
  done = [];
  const session = new SessionExperiments({
    status: () => Promise.resolve({ experiments: [], problems: [] }),
    link: () => Promise.resolve(link('1')),
  });
  tab = new ExperimentTab(
    new ExperimentDetails('embedded:1', catalogue),
    session,
    words,
    {
      openFile: (relPath) => done.push(['open', relPath]),
      insertCode: (relPath) => done.push(['code', relPath]),
      newNotebook: (relPath) => done.push(['notebook', relPath]),
      copyPath: (relPath) => done.push(['path', relPath]),
      copy: (text) => done.push(['copy', text]),
      add: () => void session.link('embedded:1'),
    },
  );
  Widget.attach(tab, document.body);
});

afterEach(() => {
  tab.dispose();
});

/** Waits until the tab shows something; the test's time limit ends it. */
async function shows(selector: string): Promise<HTMLElement> {
  for (;;) {
    const found = tab.node.querySelector<HTMLElement>(selector);
    if (found) {
      return found;
    }
    await new Promise((done) => requestAnimationFrame(done));
  }
}

const full = experiment('1', {
  dataPath: '/data/ma1',
  pids: [{ scheme: 'doi', value: '10.5072/MA-1' }],
  url: 'javascript:alert(1)',
  people: [
    { name: 'Maja', role: 'member', pids: [] },
    { name: 'Tomás', role: 'pi', pids: [] },
    { name: 'Ilse', role: 'local-contact', pids: [] },
  ],
});

const scan: Dataset = {
  ref: { source: 'embedded', id: 'd1' },
  name: 'S03 crack tip',
  type: 'raw',
  techniques: [],
  pids: [],
  hasThumbnail: false,
  bytes: 5_400_000,
};

test('shows the local contact first, then the main proposer', async () => {
  catalogue.experiment.give(full);
  const contact = await shows('.bt-Contact');
  expect(contact.textContent).toContain('Ilse');
  const team = [...tab.node.querySelectorAll('.bt-People li')];
  expect(team.map(({ textContent }) => textContent.split(' ')[0])).toEqual([
    'Tomás',
    'Maja',
  ]);
  expect(tab.title.label).toBe('MA-1 BX11');
});

test('links only to web addresses', async () => {
  catalogue.experiment.give(full);
  await shows('.bt-Facts');
  const links = [...tab.node.querySelectorAll<HTMLAnchorElement>('a')];
  expect(links.map(({ href }) => href)).toEqual([
    'https://doi.org/10.5072/MA-1',
  ]);
});

test('the folders are offered, and named once they are in the session', async () => {
  catalogue.experiment.give(full);
  const add = await shows('.bt-Facts .bt-TextButton');
  expect(add.textContent).toBe('Add to this session');
  add.click();
  while (tab.node.querySelector('.bt-Facts .bt-TextButton')) {
    await new Promise((done) => requestAnimationFrame(done));
  }
  expect(tab.node.querySelector('.bt-Facts')?.textContent).toContain(
    'Experiments/MA-1-BX11/raw',
  );
});

test('a file is opened, its path copied, and code made for it', async () => {
  catalogue.experiment.give(full);
  catalogue.datasets_.give({ items: [scan], asOf: '', problems: [] });
  const file = await shows('[data-rel-path]');
  file.click();
  for (const act of file.closest('li')?.querySelectorAll('.bt-Acts button') ??
    []) {
    (act as HTMLElement).click();
  }
  const relPath = 'raw/scan.nxs';
  expect(done).toEqual([
    ['open', relPath],
    ['code', relPath],
    ['notebook', relPath],
    ['path', relPath],
  ]);
  expect(tab.node.querySelector('.bt-mod-number:not(th)')?.textContent).toBe(
    '5.4 MB',
  );
});

test('datasets come in parts', async () => {
  catalogue.experiment.give(full);
  catalogue.datasets_.give({
    items: [{ ...scan, online: 'archived' }],
    next: 'c2',
    total: 2,
    asOf: '',
    problems: [],
  });
  const more = await shows('.bt-More button');
  expect(tab.node.querySelector('.bt-More')?.textContent).toContain(
    '1 of 2 shown',
  );
  expect(tab.node.querySelector('th .bt-Badge')?.textContent).toBe('archived');
  catalogue.datasets_ = new Answer();
  const other = { ...scan, ref: { source: 'embedded', id: 'd2' }, name: 'S04' };
  catalogue.datasets_.give({ items: [other], asOf: '', problems: [] });
  more.click();
  while (tab.node.querySelectorAll('.bt-Datasets > tbody').length < 2) {
    await new Promise((next) => requestAnimationFrame(next));
  }
  expect(catalogue.askedFor).toEqual([
    { limit: 50 },
    { cursor: 'c2', limit: 50 },
  ]);
});

test('datasets that are missing leave the rest, and can be asked for again', async () => {
  catalogue.experiment.give(full);
  catalogue.datasets_.fail(away);
  const notice = await shows('.bt-mod-error');
  expect(notice.textContent).toContain('The service is away.');
  expect(tab.node.querySelector('h1')?.textContent).toBe('About 1');
  catalogue.datasets_ = new Answer();
  catalogue.datasets_.give({ items: [], asOf: '', problems: [] });
  notice.querySelector('button')?.click(); // Try now
  expect((await shows('section .bt-Hint')).textContent).toContain(
    'no datasets yet',
  );
});

test('an experiment that cannot be had says why', async () => {
  catalogue.experiment.fail(away);
  catalogue.datasets_.fail(away);
  expect((await shows('.bt-mod-error')).textContent).toContain(
    'The service is away.',
  );
});
