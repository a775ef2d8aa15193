import { fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { sessionForm } from '../testing/fixtures.js';
import { openPage } from '../testing/open-page.js';

let stop: () => void;
const open = (...opening: Parameters<typeof openPage>) => {
  const page = openPage(...opening);
  stop = page.stop;
  return page.hub;
};
afterEach(() => stop());

const tab = (name: string) => screen.getByRole('tab', { name });
const box = (name: RegExp) =>
  screen.getByRole<HTMLInputElement>('textbox', { name });
const list = (name: RegExp) =>
  screen.getByRole<HTMLSelectElement>('combobox', { name });
const type = (name: RegExp, value: string) =>
  fireEvent.input(box(name), { target: { value } });
const pick = (name: RegExp, value: string) =>
  fireEvent.change(list(name), { target: { value } });
const sent = (hub: ReturnType<typeof open>): unknown => {
  fireEvent.click(screen.getByRole('button', { name: 'Start' }));
  const [form] = hub.sent;
  return form && 'beamtime_options' in form
    ? JSON.parse(String(form.beamtime_options))
    : undefined;
};

test('the arrows go from tab to tab, and what is chosen is the same on both', () => {
  open();
  fireEvent.click(
    within(screen.getByRole('radiogroup', { name: 'How long' })).getByRole(
      'radio',
      { name: '1 h' },
    ),
  );
  tab('Simple').focus();
  fireEvent.keyDown(tab('Simple'), { key: 'ArrowRight' });
  expect(tab('Advanced').getAttribute('aria-selected')).toBe('true');
  expect(document.activeElement).toBe(tab('Advanced'));
  expect(box(/^Time/).value).toBe('01:00:00');
  type(/^Time/, '3:30:00');
  fireEvent.keyDown(tab('Advanced'), { key: 'ArrowLeft' });
  expect(
    screen.getByRole<HTMLInputElement>('radio', { name: '210 min' }).checked,
  ).toBe(true);
});

test('everything that Slurm knows is in the request', () => {
  const hub = open();
  fireEvent.click(tab('Advanced'));
  pick(/^Partition/, 'gpu');
  type(/^Account/, 'ma5127');
  type(/^Priority class/, 'high');
  fireEvent.input(list(/^Kind of machine/), { target: { value: 'a100' } });
  type(/^Cores/, '8');
  type(/^Memory/, '10.5');
  pick(/^Type of GPU/, 'a100');
  pick(/^Number of GPUs/, '2');
  type(/^Time/, '2:00:00');
  fireEvent.click(
    screen.getByRole('checkbox', { name: 'Nobody else on this machine' }),
  );
  fireEvent.click(screen.getByRole('checkbox', { name: /^Keep it as slurm/ }));
  fireEvent.click(screen.getByRole('radio', { name: 'Classic Notebook' }));
  type(/^Start folder/, '~/work');
  expect(sent(hub)).toEqual({
    experiments: [],
    environment_id: 'analysis',
    partition: 'gpu',
    nprocs: 8,
    memory: '10752M',
    ngpus: 2,
    gpu_type: 'a100',
    runtime: '02:00:00',
    account: 'ma5127',
    qos: 'high',
    constraint: 'a100',
    exclusive: true,
    interface: 'notebook',
    root_dir: '~/work',
    output: true,
  });
});

test('lists what Slurm tells of accounts, classes and reservations', () => {
  const form = sessionForm({
    associations: [
      {
        account: 'ma5127',
        partition: null,
        qos: ['normal', 'high'],
        defaultQos: 'normal',
        isDefault: true,
        maxMinutes: null,
      },
    ],
    qos: [
      {
        name: 'high',
        description: '',
        maxMinutes: 120,
        maxCpus: null,
        maxGpus: 2,
      },
    ],
  });
  form.cluster.reservations = [
    {
      name: 'bx11',
      start: '2020-01-01T00:00:00Z',
      end: '2099-11-21T14:00:00Z',
      nodes: ['cpu01'],
      whole: true,
      flex: false,
      partition: null,
      users: null,
      groups: null,
      accounts: null,
      features: [],
    },
  ];
  open({ form });
  fireEvent.click(tab('Advanced'));
  const words = (name: RegExp) =>
    [...list(name).options].map(({ textContent }) => textContent);
  expect(words(/^Account/)).toEqual(['Usual one (ma5127)', 'ma5127']);
  expect(words(/^Priority class/)).toEqual([
    'Usual one (normal)',
    'normal',
    'high – up to 2 hours, 2 GPUs',
  ]);
  expect(words(/^Reservation/)).toEqual([
    'None',
    expect.stringMatching(/^bx11 – cpu01, until 21 Nov/),
  ]);
});

test('says at the field what cannot run, and mends it with one click', () => {
  const hub = open();
  fireEvent.click(tab('Advanced'));
  type(/^Cores/, 'many');
  expect(screen.getByText(/“many” is not a number of cores/)).toBeTruthy();
  expect(box(/^Cores/).getAttribute('aria-invalid')).toBe('true');
  fireEvent.click(screen.getByRole('button', { name: 'Start' }));
  expect(hub.sent).toEqual([]);
  expect(document.activeElement).toBe(box(/^Cores/));
  fireEvent.click(screen.getByRole('button', { name: 'Use 32 cores' }));
  expect(box(/^Cores/).value).toBe('32');
  expect(sent(hub)).toMatchObject({ nprocs: 32 });
});

test('software of one’s own is asked for, and needs a place', () => {
  const hub = open();
  fireEvent.click(tab('Advanced'));
  pick(/^Software/, '(own)');
  expect(screen.getByText(/Name the folder in which/)).toBeTruthy();
  type(/^Folder with bin/, '~/envs/mine/bin');
  type(/^Modules/, 'gcc/13 cuda/12');
  type(/^Your name for it/, 'Mine');
  expect(sent(hub)).toMatchObject({
    environment_path: '~/envs/mine/bin',
    environment_modules: ['gcc/13', 'cuda/12'],
    environment_name: 'Mine',
  });
});

test('a refusal that only Advanced can mend opens there, in Slurm’s words', () => {
  open({
    refused: {
      options: { partition: 'cpu', nprocs: 1, runtime: '1:0:0', qos: 'gone' },
      errors: [
        {
          field: 'qos',
          message: 'Slurm refused the job: Invalid qos specification',
        },
      ],
    },
  });
  expect(tab('Advanced').getAttribute('aria-selected')).toBe('true');
  expect(document.activeElement).toBe(box(/^Priority class/));
  expect(screen.getByText('Invalid qos specification').tagName).toBe('CODE');
});

test('shows the script, and marks what was changed last', async () => {
  const hub = open();
  hub.answer = {
    ok: true,
    batch: { partition: '', nprocs: '', memory: '', runtime: '', gres: '' },
    modules: [],
    experiments: [],
    summary: '',
    script: '#!/bin/bash\n#SBATCH --time=2:00:00\n',
  };
  fireEvent.click(tab('Advanced'));
  const line = await screen.findByText(
    '#SBATCH --time=2:00:00',
    {},
    { timeout: 20_000 },
  );
  expect(line.className).toBe('');
  type(/^Time/, '2:00:00');
  await waitFor(() => expect(line.className).toBe('bt-changed'));
  type(/^Time/, '99-0');
  await waitFor(() => expect(line.className).toBe('bt-bad'));
});

test('sessions that are processes have nothing of Slurm in the form', () => {
  const form = sessionForm();
  form.cluster.kind = 'local';
  open({ form });
  fireEvent.click(tab('Advanced'));
  expect(screen.queryByRole('textbox', { name: /^Account/ })).toBeNull();
  expect(screen.queryByRole('checkbox')).toBeNull();
});
