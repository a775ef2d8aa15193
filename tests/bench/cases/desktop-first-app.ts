// From a click in JupyterLab's launcher to a terminal window that can be used, cold: Jupyter
// runs, no desktop does. Ours opens the one program; the peer has only its full desktop,
// which opens the same program by itself.
import type { Case } from '../case.ts';
import { openPrograms } from '../desktops/cold.ts';
import { READY } from '../../facility/home.ts';
import { whenSeen } from '../desktops/screen.ts';

const firstApp: Case = {
  open: () =>
    openPrograms({
      name: 'click → usable terminal window, cold',
      what: 'program',
      terminal: true,
      // Its shell colours the window as soon as it runs.
      until: (page) => whenSeen(page, READY),
    }),
};

export default firstApp;
