import path from 'node:path';
import { test as base, expect } from '@playwright/test';
import { stateDir } from '../../scripts/shared/paths.mjs';
import { makeHome, setUpLab } from '../facility/home.ts';
import { Jupyter } from '../facility/jupyter.ts';
import { freePorts } from '../facility/ports.ts';
import { Wire } from '../facility/wire.ts';
import { DesktopTab } from './pages/desktop.ts';
import { watchFaults } from './watch.ts';

/** A session of JupyterLab without a hub, through a network that can be cut. */
export interface Session {
  home: string;
  jupyter: Jupyter;
  wire: Wire;
  /** Opens JupyterLab, empty. */
  address: string;
}

interface Options {
  machine: {
    /** Prepares the home and gives Jupyter's environment variables, beside the usual. */
    prepare?: (home: string) => Promise<Record<string, string>>;
  };
  theme: 'JupyterLab Light' | 'JupyterLab Dark';
}

interface Each extends Options {
  session: Session;
  desktop: DesktopTab;
}

/** `session` is a new Jupyter in a new home; `desktop` its JupyterLab, open in `page`. */
export const test = base.extend<Each>({
  machine: [{}, { option: true }],
  theme: ['JupyterLab Light', { option: true }],

  session: async ({ machine, theme }, use, { project }) => {
    const home = path.join(stateDir, `test-${project.name}/home`);
    await makeHome(home, true);
    await setUpLab(home, 'themes', { theme });
    const [port = 0] = await freePorts(1);
    const env = (await machine.prepare?.(home)) ?? {};
    const jupyter = await Jupyter.start({ lab: 'lab', home, port, env });
    const wire = await Wire.to(port);
    await use({ home, jupyter, wire, address: Jupyter.address(wire.port) });
    await wire.close();
    await jupyter.stop();
  },

  desktop: async ({ page, session }, use) => {
    const faults = watchFaults(page, new URL(session.address).origin);
    const desktop = new DesktopTab(page);
    await desktop.goTo(session.address);
    await use(desktop);
    expect(faults).toEqual([]);
  },
});

export { expect };
