import { fireEvent, screen, within } from '@testing-library/preact';
import { sessionForm } from '../testing/fixtures.js';
import { openPage } from '../testing/open-page.js';

let stop: () => void;
const open = (...opening: Parameters<typeof openPage>) => {
  const page = openPage(...opening);
  stop = page.stop;
  return page.hub;
};
afterEach(() => stop());

const group = (name: string) =>
  within(screen.getByRole('radiogroup', { name }));
const radio = (name: string, label: string | RegExp) =>
  group(name).getByRole<HTMLInputElement>('radio', { name: label });
const start = () => screen.getByRole('button', { name: 'Start' });

test('sends what is chosen, in one field', () => {
  const hub = open();
  fireEvent.click(radio('Software', 'Imaging'));
  fireEvent.click(radio('Where to run', 'gpu'));
  fireEvent.click(radio('How much', /^Half/));
  fireEvent.click(radio('How long', '1 h'));
  fireEvent.click(start());
  expect(hub.sent).toEqual([
    {
      beamtime_options: JSON.stringify({
        experiments: [],
        environment_id: 'imaging',
        partition: 'gpu',
        nprocs: 32,
        memory: '65536M',
        ngpus: 1,
        runtime: '01:00:00',
      }),
    },
  ]);
});

test('has one button to start with, and the hub’s own is hidden', () => {
  open();
  expect(screen.getAllByRole('button', { name: 'Start' })).toEqual([start()]);
});

test('starts once, however often it is pressed, and again after a way back', () => {
  const hub = open();
  fireEvent.click(start());
  fireEvent.click(screen.getByRole('button', { name: 'Starting…' }));
  expect(hub.sent).toHaveLength(1);
  fireEvent(window, new Event('pageshow'));
  fireEvent.click(start());
  expect(hub.sent).toHaveLength(2);
});

test('Ctrl+Enter starts, Enter alone does not', () => {
  const hub = open();
  const chosen = radio('How long', '4 h');
  const enter = { key: 'Enter' };
  expect(fireEvent.keyDown(chosen, enter)).toBe(false);
  expect(hub.sent).toHaveLength(0);
  fireEvent.keyDown(chosen, { ...enter, ctrlKey: true });
  expect(hub.sent).toHaveLength(1);
});

test('names partitions by title and name, and shows closed ones with the reason', () => {
  open();
  expect(radio('Where to run', 'Everyday analysis cpu').checked).toBe(true);
  const closed = radio('Where to run', 'beam');
  expect(closed.disabled).toBe(true);
  expect(
    screen.getByText('beam is only for the group beam. Use Everyday analysis.'),
  ).toBeTruthy();
});

test.each([
  '/hub/spawn/alice?opt-experiments=embedded:e1&opt-partition=gpu',
  '/hub/spawn#experiments=embedded%3Ae1&partition=gpu',
])('takes experiments and partition from the address %s', (path) => {
  open({ path });
  expect(radio('Where to run', 'gpu').checked).toBe(true);
  const chips = screen.getByRole('list', { name: 'Chosen experiments' });
  expect(chips.textContent).toContain('MA-5127 BX11 · Crack growth in steel');
});

test('after a refusal everything is as it was, and the first wrong field has the focus', () => {
  const hub = open({
    refused: {
      options: {
        partition: 'cpu',
        nprocs: 33,
        runtime: '2-0',
        environment_id: 'imaging',
      },
      errors: [{ field: '', message: 'Slurm says no.' }],
    },
  });
  expect(radio('Software', 'Imaging').checked).toBe(true);
  const asked = radio('How much', /As asked 33 cores/);
  expect(document.activeElement).toBe(asked);
  expect(radio('How long', '2 d').checked).toBe(true);
  const alerts = screen.getAllByRole('alert').map((alert) => alert.textContent);
  expect(alerts.join()).toContain('nothing was started');
  expect(alerts.join()).toContain('Slurm says no.');
  expect(alerts.join()).toContain('at most 32 cores; you ask for 33 cores');
  fireEvent.click(start());
  expect(hub.sent).toHaveLength(0);
  expect(document.activeElement).toBe(asked);
  fireEvent.click(radio('How much', /^Whole machine/));
  fireEvent.click(radio('How long', '4 h'));
  fireEvent.click(start());
  expect(hub.sent).toHaveLength(1);
});

test('without a form it says why, and tries again when told', async () => {
  const hub = open({ form: null, problem: 'The service is away.' });
  expect(screen.getByRole('alert').textContent).toContain(
    'The service is away.',
  );
  const again = screen.getByRole('button', { name: 'Try again' });
  fireEvent.click(again);
  await screen.findByText('The hub does not answer.', { exact: false });
  hub.answer = sessionForm();
  fireEvent.click(again);
  await screen.findByRole('button', { name: 'Start' });
  expect(hub.asked).toEqual([
    '/hub/beamtime/form?server=&user=alice',
    '/hub/beamtime/form?server=&user=alice',
  ]);
});

test('asks for the session that is named in the address', () => {
  const hub = open({ form: null, path: '/hub/spawn/alice/one' });
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(hub.asked).toEqual(['/hub/beamtime/form?server=one&user=alice']);
});

test('shows what is free', () => {
  open();
  const row = (name: string) =>
    screen.getByRole('row', { name: new RegExp(`^${name}`) }).textContent;
  expect(row('gpu')).toContain('80 / 96');
  expect(row('gpu')).toContain('5 / 6');
  expect(row('beam')).toContain('not for you now');
});
