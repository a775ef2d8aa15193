import { test as base, expect, type Page } from '@playwright/test';
import { Facility, USERS } from '../facility/facility.ts';
import type { SlurmOptions } from '../facility/slurm.ts';
import { freePorts } from '../facility/ports.ts';
import { watchFaults } from './watch.ts';

/** Which facility a project's tests run on. */
export interface FacilityUse {
  facility: {
    slurm?: Omit<SlurmOptions, 'users'>;
    baseUrl?: string;
    /** Another jupyterhub_config.py than the sample facility's. */
    config?: string;
  };
}

interface Workers extends FacilityUse {
  site: Facility;
}

interface Each {
  watched: Page;
}

/**
 * `site` is the running facility, one per worker. Every page is watched: a test fails if
 * the page asks for a URL outside the hub, or meets an error that nobody caught.
 */
export const test = base.extend<Each, Workers>({
  facility: [{}, { scope: 'worker', option: true }],

  site: [
    async ({ facility }, use, worker) => {
      const [port = 0] = await freePorts(1);
      const site = await Facility.start({
        name: `test-${worker.project.name}`,
        data: 'test',
        port,
        fresh: true,
        pollSeconds: 2,
        config: facility.config,
        ...(facility.baseUrl === undefined
          ? {}
          : { baseUrl: facility.baseUrl }),
        ...(facility.slurm === undefined
          ? {}
          : { slurm: { users: USERS, ...facility.slurm } }),
      });
      await use(site);
      await site.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],

  watched: [
    async ({ page, site }, use) => {
      const faults = watchFaults(page, new URL(site.hub.url).origin);
      await use(page);
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
