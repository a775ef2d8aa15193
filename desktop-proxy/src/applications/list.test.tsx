import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';

import { Directory } from '../directory.js';
import { DesktopInfo } from '../wire.js';
import { ProgramCatalogue } from './catalogue.js';
import { program } from './fakes.js';
import { ProgramIcons } from './icons.js';
import { ProgramList } from './list.js';

const desktop = DesktopInfo.parse({
  ...{ name: 'pymca', program: { id: 'pymca', title: 'PyMca' } },
  ...{ state: 'running', ended: null },
});
const bad = program({
  ...{
    id: 'bad',
    title: 'Bad',
    missing: ['/a/bad.yaml, line 3: No such mode.'],
  },
  problem: { file: '/a/bad.yaml', line: 3, message: 'No such mode.' },
});

async function setUp() {
  const programs = [program(), bad];
  const catalogue = new ProgramCatalogue({
    programs: () => Promise.resolve({ programs, parts: [] }),
  });
  const directory = new Directory({ list: () => Promise.resolve([desktop]) });
  const open = jest.fn();
  const list = new ProgramList({
    programs: { catalogue, directory, icons: new ProgramIcons((path) => path) },
    open,
    trans: nullTranslator.load('x'),
  });
  Widget.attach(list, document.body);
  await catalogue.refresh();
  await directory.refresh();
  // Waits until both answers are shown; the test's time limit ends it.
  while (!list.node.querySelector('.bt-Programs-tag')) {
    await new Promise((done) => requestAnimationFrame(done));
  }
  const button = (name: string) =>
    list.node.querySelector<HTMLElement>(`button[aria-label="${name}"]`);
  return { list, open, button };
}

test('says which file is wrong, and where', async () => {
  const { list } = await setUp();
  const row = list.node.querySelectorAll('li')[1];
  expect(row?.textContent).toContain('Bad');
  expect(row?.textContent).toContain('No such mode.');
  expect(row?.querySelector('code')?.textContent).toBe('/a/bad.yaml:3');
});

test('shows one that runs, or opens another beside it', async () => {
  const { open, button } = await setUp();
  button('Open PyMca')?.click();
  expect(open).toHaveBeenLastCalledWith('pymca', false);
  button('Open another PyMca')?.click();
  expect(open).toHaveBeenLastCalledWith('pymca', true);
});
