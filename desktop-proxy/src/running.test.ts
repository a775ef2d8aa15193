import { nullTranslator } from '@jupyterlab/translation';

import { DesktopError } from './client.js';
import { Directory } from './directory.js';
import { labelFor, runningDesktops } from './running.js';
import type { DesktopInfo } from './wire.js';

const info = (
  name: string,
  state: DesktopInfo['state'] = 'running',
): DesktopInfo => ({
  ...{ name, state, program: { id: 'pymca', title: 'PyMca' } },
  ...{ ended: null, restart: null, restarts: 0, renderer: null },
  ...{ problem: null, connections: 0 },
});

function setUp() {
  let there = [info('pymca'), info('pymca-2'), info('pymca-3', 'ended')];
  const said: string[] = [];
  let refusal: DesktopError | null = null;
  const desktops = {
    list: async () => Promise.resolve(there),
    shutDown: async (name: string) => {
      await Promise.resolve();
      if (refusal) {
        throw refusal;
      }
      there = there.filter((each) => each.name !== name);
    },
    ...{ programs: jest.fn(), start: jest.fn(), address: jest.fn() },
  };
  const directory = new Directory(desktops);
  const answers = { agreed: true };
  const manager = runningDesktops({
    ...{ desktops, directory, trans: nullTranslator.load('') },
    open: ({ name }) => said.push(`open ${name}`),
    agreed: async () => Promise.resolve(answers.agreed),
    complain: (message) => said.push(message),
  });
  const labels = () =>
    manager.running({ mode: 'list' }).map((item) => item.label());
  const refuse = (error: DesktopError) => (refusal = error);
  return { manager, directory, said, answers, labels, refuse };
}

async function settle(): Promise<void> {
  for (let i = 0; i < 10; i += 1) {
    await Promise.resolve();
  }
}

test('lists what runs, by program, and which of several', async () => {
  const { directory, labels } = setUp();
  await directory.refresh();
  expect(labels()).toEqual(['PyMca', 'PyMca 2']);
});

test('opens one, and shuts it down if that is agreed', async () => {
  const { manager, directory, said, answers, labels } = setUp();
  await directory.refresh();
  manager.running({ mode: 'list' })[1]?.open?.();
  expect(said).toEqual(['open pymca-2']);
  answers.agreed = false;
  manager.running({ mode: 'list' })[0]?.shutdown?.();
  await settle();
  expect(labels()).toEqual(['PyMca', 'PyMca 2']);
  answers.agreed = true;
  manager.running({ mode: 'list' })[0]?.shutdown?.();
  await settle();
  expect(labels()).toEqual(['PyMca 2']);
});

test('says why one could not be shut down', async () => {
  const { manager, directory, said, refuse } = setUp();
  await directory.refresh();
  refuse(new DesktopError('unreachable', 'No answer.'));
  manager.shutdownAll();
  await settle();
  expect(said).toEqual(['No answer.', 'No answer.']);
});

test.each([
  ['pymca', 'PyMca'],
  ['pymca-2', 'PyMca 2'],
  ['alignment', 'PyMca (alignment)'],
])('desktop %s is called %s', (name, label) => {
  expect(labelFor(name, 'pymca', 'PyMca')).toBe(label);
});
