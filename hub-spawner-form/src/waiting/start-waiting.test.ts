/** @jest-environment jsdom */
import { waitFor } from '@testing-library/preact';
import { startWaiting } from './start-waiting.js';

const BOOT = {
  base_url: '/hub/',
  progress_url: '/hub/api/users/mia/server/progress?_xsrf=x',
  user: 'mia',
  server: '',
  title: '',
  on_cluster: true,
  asked_at: '2026-11-21T13:02:11+00:00',
  summary: '8 cores on gpu for 4 hours, with MA-5127-BX11.',
  experiments: ['MA-5127-BX11'],
};

class Stream {
  closed = false;
  private tell: (event: MessageEvent<string>) => void = () => undefined;
  addEventListener(_: string, listener: (event: MessageEvent<string>) => void) {
    this.tell = listener;
  }
  close() {
    this.closed = true;
  }
  say(event: object) {
    this.tell(new MessageEvent('message', { data: JSON.stringify(event) }));
  }
}

function open(boot: object = BOOT, statuses: number[] = [204]) {
  document.body.innerHTML = `<div id="beamtime-waiting" hidden></div>
    <script type="application/json" id="beamtime-waiting-data">${JSON.stringify(boot)}</script>
    <div id="beamtime-hub-page">Your server is starting up.</div>`;
  const stream = new Stream();
  const went: string[] = [];
  const asked: unknown[][] = [];
  const stop = startWaiting(document, {
    location: {
      reload: () => went.push('reload'),
      assign: (url) => went.push(String(url)),
    },
    xsrfToken: 'word',
    fetch: (...args) => {
      asked.push(args);
      const status = statuses.shift() ?? 204;
      // jsdom has no Response.
      return Promise.resolve({ status } as Response);
    },
    listen: () => stream,
  });
  return { stream, went, asked, stop };
}

const text = () => document.body.textContent;
const current = () =>
  document.querySelector('[aria-current=step]')?.textContent ?? '';
const cancel = () =>
  document.querySelector<HTMLButtonElement>('button')?.click();

test('stands in place of the hub’s page, and says what was asked for', () => {
  const { stop } = open();
  expect(document.getElementById('beamtime-hub-page')?.hidden).toBe(true);
  expect(document.querySelector('h1')?.textContent).toBe('MA-5127-BX11');
  expect(text()).toContain('8 cores on gpu for 4 hours');
  expect(document.querySelectorAll('.bt-step')).toHaveLength(4);
  stop();
});

test('leaves the hub’s page where the data is not understood', () => {
  expect(() => open({ user: 'mia' })).toThrow();
  expect(document.getElementById('beamtime-hub-page')?.hidden).toBe(false);
});

test('says why it waits, in our words and in Slurm’s, and for how long', () => {
  const { stream, stop } = open();
  const start = new Date(Date.now() + 16 * 60_000).toISOString();
  stream.say({
    message: 'Job 48219 waits',
    beamtime: {
      step: 'waiting',
      job: '48219',
      why: 'other jobs come first',
      slurm: 'Priority',
      start,
    },
  });
  expect(current()).toContain('Other jobs come first.');
  expect(current()).toContain('Slurm says: Priority');
  expect(current()).toContain('about 16 min');
  expect(text()).toContain('Slurm took it as job 48219');
  stop();
});

test('goes to the session when it is there', () => {
  const { stream, went, stop } = open();
  stream.say({ ready: true, message: 'Server ready' });
  expect(went).toEqual(['reload']);
  expect(stream.closed).toBe(true);
  stop();
});

test('says why there will be no session, and leads back to the form', () => {
  const { stream, went, stop } = open();
  stream.say({ failed: true, message: 'Spawn failed: over the limit' });
  expect(document.querySelector('[role=alert]')?.textContent).toContain(
    'over the limit',
  );
  expect(document.querySelector('a')?.getAttribute('href')).toBe('/hub/spawn');
  expect(went).toEqual([]);
  stop();
});

test('cancels a named session by its name, and goes back to its form', async () => {
  const { asked, went, stop } = open({ ...BOOT, server: 'tomo 1' });
  cancel();
  await waitFor(() => expect(went).toEqual(['/hub/spawn/mia/tomo%201']));
  expect(asked).toEqual([
    [
      '/hub/api/users/mia/servers/tomo%201',
      { method: 'DELETE', headers: { 'X-XSRFToken': 'word' } },
    ],
  ]);
  stop();
});

test('says that it could not be cancelled, and goes on waiting', async () => {
  const { went, stop } = open(BOOT, [503]);
  cancel();
  await waitFor(() => expect(text()).toContain('Your place is kept: try'));
  expect(document.querySelector('button')?.disabled).toBe(false);
  expect(went).toEqual([]);
  stop();
});
