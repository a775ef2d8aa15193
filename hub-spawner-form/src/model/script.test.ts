import type { Plan } from '@beamtime/contract';
import { HubError } from '../page/client.js';
import { sessionForm } from '../testing/fixtures.js';
import { FormStore } from './form-store.js';
import { fieldOfLine, ScriptPreview } from './script.js';

const accepted = (script: string | null): Plan => ({
  ok: true,
  batch: { partition: 'cpu', nprocs: '1', memory: '', runtime: '', gres: '' },
  modules: [],
  experiments: [],
  summary: '',
  script,
});

let preview: ScriptPreview;
beforeEach(() => jest.useFakeTimers());
afterEach(() => {
  preview.dispose();
  jest.useRealTimers();
});

function open() {
  const hub = {
    asked: [] as string[],
    answer: (): Plan => accepted('#!/bin/bash\n'),
  };
  const store = new FormStore(
    { form: () => Promise.reject(new HubError('away')) },
    { form: sessionForm(), problem: '', refused: [], wish: {} },
  );
  preview = new ScriptPreview(
    {
      preview: async (sent) => {
        hub.asked.push(sent);
        await Promise.resolve();
        return hub.answer();
      },
    },
    store,
  );
  return { hub, store };
}

test('asks only while Advanced is open, and once at the end of a word', async () => {
  const { hub, store } = open();
  await jest.runAllTimersAsync();
  expect(hub.asked).toEqual([]);
  store.showTab('advanced');
  await jest.runAllTimersAsync();
  expect(hub.asked).toHaveLength(1);
  expect(preview.value).toMatchObject({
    script: '#!/bin/bash\n',
    current: true,
  });
  store.change('time', { runtime: '2:0' });
  store.change('time', { runtime: '2:00:00' });
  expect(preview.value.current).toBe(false);
  await jest.runAllTimersAsync();
  expect(hub.asked).toHaveLength(2);
  expect(hub.asked[1]).toContain('"runtime":"02:00:00"');
});

test('what the hub would refuse stands at its field until that is changed', async () => {
  const { hub, store } = open();
  hub.answer = () => ({
    ok: false,
    errors: [{ field: 'account', message: 'Not yours.' }],
  });
  store.change('account', { account: 'theirs' });
  store.showTab('advanced');
  await jest.runAllTimersAsync();
  expect(store.value).toMatchObject({
    problems: { account: ['Not yours.'] },
    refused: false,
    blocked: false,
  });
  expect(preview.value.note).toContain('would be refused');
  store.change('account', { account: '' });
  expect(store.value).toMatchObject({ problems: { account: [] } });
});

test('the last script stays when the hub does not answer, and it is asked again', async () => {
  const { hub, store } = open();
  store.showTab('advanced');
  await jest.runAllTimersAsync();
  hub.answer = () => {
    throw new HubError('The hub does not answer.');
  };
  store.change('time', { runtime: '2:00:00' });
  await jest.runAllTimersAsync();
  expect(preview.value).toEqual({
    script: '#!/bin/bash\n',
    current: false,
    note: 'The script is not known now. The hub does not answer.',
  });
  hub.answer = () => accepted('new');
  store.showTab('advanced');
  await jest.runAllTimersAsync();
  expect(preview.value).toEqual({ script: 'new', current: true, note: '' });
});

test.each([
  ['#SBATCH --time=4:00:00', 'time'],
  ['#SBATCH --mem=64G', 'memory'],
  ['#SBATCH --cpus-per-task=8', 'cores'],
  ['#SBATCH --gres=gpu:1', 'gpus'],
  ['#SBATCH --mail-type=BEGIN', 'options'],
  ['module load gcc/13', 'modules'],
  ['#SBATCH --job-name=x', null],
  ['echo --time', null],
])('%s comes from %s', (line, field) => {
  expect(fieldOfLine(line, '--mail-type=BEGIN --x')).toBe(field);
});
