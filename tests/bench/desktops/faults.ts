// The twelve faults of the case desktop-faults.
import { setTimeout as sleep } from 'node:timers/promises';
import { tryRun } from '../../../scripts/shared/run.mjs';
import { Programs } from '../../facility/programs.ts';
import { Seat } from './side.ts';
import { DISPLAY, kill, type Fault, type Trial } from './trial.ts';

const WINDOW_MANAGER = /^\S*(xfwm4|openbox|xfce4-session)\b/;
/** Longer than the peer goes on trying: 15 s. */
const TUNNEL = 30_000;
/** How long a display that falls again and again does so. */
const CRASHING = 20_000;

const inside = (trial: Trial, ...words: string[]) =>
  tryRun('nsenter', ['-t', String(trial.seat.jupyter.pid), '-m', ...words]);

/** A fault by which a program is not what it should be until it is put right. */
function broken(
  name: string,
  breakIt: (programs: Programs) => Promise<void>,
): Pick<Fault, 'name' | 'seat' | 'repair'> {
  let programs: Programs | null = null;
  return {
    name,
    async seat(side) {
      programs = await Programs.lay(`${Seat.home(side)}-programs`, side.lab);
      await breakIt(programs);
      return { env: { PATH: programs.path } };
    },
    repair: async () => programs?.mend(),
  };
}

export const FAULTS: readonly Fault[] = [
  {
    name: 'kill -9 of the display',
    strike: async (trial) => kill(await trial.processes(DISPLAY)),
  },
  {
    name: 'kill -9 of session and window manager',
    strike: async (trial) => kill(await trial.processes(WINDOW_MANAGER)),
  },
  {
    name: 'kill -9 of what Jupyter has launched',
    bereaves: true,
    strike: async (trial) =>
      kill(await trial.processes(trial.seat.side.carriers)),
  },
  {
    name: 'kill -9 of Jupyter, which is then started again',
    bereaves: true,
    async strike({ seat: { jupyter } }) {
      kill([{ pid: jupyter.pid, command: '' }]);
      await jupyter.run();
    },
  },
  {
    name: 'logout from the desktop',
    async strike({ page }) {
      await page.keyboard.type(
        'xfce4-session-logout --logout --fast || openbox --exit\n',
      );
      await sleep(5000);
    },
  },
  {
    name: 'full /tmp',
    seat: () =>
      Promise.resolve({
        within: [
          ...['unshare', '--mount', 'sh', '-c'],
          'mount -t tmpfs -o size=8m,mode=1777 tmpfs /tmp && exec "$@"',
          'sh',
        ],
      }),
    before: async (trial) => {
      await inside(trial, 'dd', 'if=/dev/zero', 'of=/tmp/full', 'bs=4k');
    },
    repair: async (trial) => {
      await inside(trial, 'rm', '/tmp/full');
    },
  },
  broken('no Xvnc installed', (programs) => programs.hide(/vnc/i)),
  {
    name: 'a second, smaller tab',
    async strike(trial) {
      const { page, seat } = trial;
      const size = () => page.evaluate(() => window.beamtimeScreen?.size());
      const before = await size();
      const second = await seat.side.openAgain(seat, page);
      await second.waitForFunction(
        () => (window.beamtimeScreen?.changedAt ?? 0) > 0,
        null,
        { timeout: 60_000 },
      );
      await sleep(3000);
      const after = await size();
      if (before?.width !== after?.width || before?.height !== after?.height) {
        // Whoever works in the first has the size of the second, and nothing to change it.
        trial.spoilt = true;
      }
    },
  },
  {
    name: 'network gone for half a minute',
    async strike({ seat: { wire } }) {
      wire.cut();
      await sleep(TUNNEL);
      wire.mend();
    },
  },
  {
    name: 'an hour of sleep',
    seat: () => Promise.resolve({ clock: true }),
    async strike({ page, seat: { wire } }) {
      wire.sleep();
      await page.clock.fastForward('01:00:00');
      wire.mend();
    },
  },
  {
    ...broken('a program that fails at once', (programs) =>
      programs.spoil(['xterm', 'xfce4-session']),
    ),
    what: 'program',
  },
  {
    name: 'a display that falls again and again',
    async strike(trial) {
      const end = Date.now() + CRASHING;
      while (Date.now() < end) {
        kill(await trial.processes(DISPLAY));
        await sleep(300);
      }
    },
  },
];
