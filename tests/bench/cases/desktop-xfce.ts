// From a click in JupyterLab's launcher to XFCE as it stays, cold: Jupyter runs, no desktop does.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Case } from '../case.ts';
import { openPrograms } from '../desktops/cold.ts';
import { whenSettled } from '../desktops/screen.ts';
import type { Seat } from '../desktops/side.ts';

const PARTS = ['xfwm4', 'xfce4-panel', 'xfdesktop'];
const PATIENCE = 60_000;
/** Long: on a busy machine seconds pass between two parts of XFCE, and it looks complete. */
const REST = 4000;

async function whenAllRun(seat: Seat): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const words = (await seat.jupyter.processes()).map(
      ({ command }) => command,
    );
    const missing = PARTS.filter(
      (part) => !words.some((command) => command.includes(part)),
    );
    if (missing.length === 0) {
      return;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `What ${seat.side.name} has opened is no XFCE: ${missing.join()} does not run.`,
      );
    }
    await sleep(500);
  }
}

const xfce: Case = {
  open: () =>
    openPrograms({
      name: 'click → painted XFCE, cold',
      what: 'desktop',
      terminal: false,
      until: async (page, seat) => {
        await whenAllRun(seat);
        return whenSettled(page, REST);
      },
    }),
};

export default xfce;
