// From a click in JupyterLab's launcher to XFCE as it stays, cold: Jupyter runs, no desktop does.
import type { Case } from '../case.ts';
import { openPrograms } from '../desktops/cold.ts';
import { whenSettled } from '../desktops/screen.ts';

/** Long: on a busy machine seconds pass between two parts of XFCE, and it looks complete. */
const REST = 5000;

const xfce: Case = {
  open: () =>
    openPrograms({
      name: 'click → painted XFCE, cold',
      what: 'desktop',
      terminal: false,
      until: async (page, seat) => {
        const at = await whenSettled(page, REST);
        const words = (await seat.jupyter.processes()).map(
          ({ command }) => command,
        );
        for (const part of ['xfwm4', 'xfce4-panel', 'xfdesktop']) {
          if (!words.some((command) => command.includes(part))) {
            throw new Error(
              `What ${seat.side.name} has opened is no XFCE: ${part} does not run.`,
            );
          }
        }
        return at;
      },
    }),
};

export default xfce;
