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

const press = (name: string) =>
  fireEvent.click(screen.getByRole('button', { name }));
const presets = [
  {
    name: 'Maps',
    request: { partition: 'gpu', nprocs: 16, runtime: '8:00:00' },
  },
];

test('a preset fills the form, and Escape leaves the list', () => {
  open({ form: sessionForm({ presets }) });
  const button = screen.getByRole('button', { name: /^Fill from/ });
  fireEvent.click(button);
  fireEvent.keyDown(button, { key: 'Escape' });
  expect(screen.queryByRole('button', { name: 'Maps' })).toBeNull();
  fireEvent.click(button);
  press('Maps');
  expect(document.activeElement).toBe(button);
  expect(
    screen.getByRole('region', { name: 'Your session' }).textContent,
  ).toContain('16 cores and 32 GB of memory on gpu for 8 hours');
});

test('a preset is deleted only after it was asked', async () => {
  const hub = open({ form: sessionForm({ presets }) });
  hub.answer = { presets: [] };
  fireEvent.click(screen.getByRole('button', { name: /^Fill from/ }));
  press('Delete Maps…');
  expect(hub.asked).toEqual([]);
  press('Delete');
  await screen.findByText('“Maps” is deleted.');
  expect(hub.asked).toEqual(['/hub/beamtime/presets/Maps?user=alice']);
  expect(screen.queryByRole('button', { name: 'Maps' })).toBeNull();
});

test('saves what is chosen under a name', async () => {
  const hub = open();
  hub.answer = { presets };
  press('Save as preset…');
  const name = screen.getByRole('textbox', { name: 'Name of the preset' });
  fireEvent.input(name, { target: { value: ' Maps ' } });
  fireEvent.keyDown(name, { key: 'Enter' });
  await screen.findByText('Saved as “Maps”.');
  expect(hub.asked).toEqual(['/hub/beamtime/presets/Maps?user=alice']);
  expect(hub.sent).toEqual([]);
});

test('tells how the last session ended, with the end of its log', () => {
  const ended = {
    server: '',
    job: '4711',
    kind: 'memory',
    reason: 'It used more memory than it had.',
    slurm: 'OUT_OF_MEMORY',
    when: '2026-11-21T17:20:31Z',
    log: 'Killed',
    logPath: '/home/alice/x.log',
  };
  open({ ended });
  const notice = screen.getByRole('region', { name: 'Your last session' });
  expect(notice.textContent).toContain('It used more memory than it had.');
  expect(notice.textContent).toContain('OUT_OF_MEMORY');
  expect(within(notice).getByLabelText('The end of the log').textContent).toBe(
    'Killed',
  );
});

test.each([
  [{ kind: 'finished' }, '/hub/spawn'],
  [{ kind: 'memory' }, '/hub/spawn/alice/other'],
])('does not tell of %j at %s', (more, path) => {
  const ended = {
    server: '',
    job: '',
    kind: '',
    reason: 'x',
    slurm: '',
    when: '',
    log: '',
    logPath: '',
  };
  open({ ended: { ...ended, ...more }, path });
  expect(
    screen.queryByRole('region', { name: 'Your last session' }),
  ).toBeNull();
});

test('says how many sessions there may be, and asks for a name only where there may be several', () => {
  open({
    form: sessionForm({ sessions: { limit: 4, names: ['', 'a', 'b'] } }),
  });
  expect(screen.getByText('You have 2 of 4 named sessions.')).toBeTruthy();
  expect(
    screen.getByRole('textbox', { name: 'Name of the session' }),
  ).toBeTruthy();
  stop();
  open({ form: sessionForm({ sessions: null }) });
  expect(
    screen.queryByRole('textbox', { name: 'Name of the session' }),
  ).toBeNull();
});

test('a session with a name is made first; why it cannot be stands at the name', async () => {
  const hub = open({
    form: sessionForm({ sessions: { limit: 1, names: ['a'] } }),
  });
  const name = screen.getByRole('textbox', { name: 'Name of the session' });
  fireEvent.input(name, { target: { value: 'Strain maps' } });
  press('Start');
  await screen.findByText('The hub does not answer. Check your network.');
  expect(hub.asked).toEqual(['/hub/api/users/alice/servers/strain-maps']);
  expect(hub.sent).toEqual([]);
  expect(document.activeElement).toBe(name);
  expect(screen.getByRole('button', { name: 'Start' })).toBeTruthy();
});
