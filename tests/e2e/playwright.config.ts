import { defineConfig } from '@playwright/test';
import type { FacilityUse } from './fixtures.ts';

/** Software WebGL: the viewer draws with it, and no test machine has a GPU. */
const args = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

export default defineConfig<object, FacilityUse>({
  testDir: '.',
  outputDir: '../../test-results/e2e',
  // One facility at a time: each takes the machine's Slurm.
  workers: 1,
  fullyParallel: false,
  // Real programs on a busy machine: see docs/adr/0013. What needs it is named at the end.
  retries: 1,
  forbidOnly: true,
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json']],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: '/usr/bin/chromium', args },
    viewport: { width: 1400, height: 900 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'start', testMatch: ['start.spec.ts'] },
    { name: 'desktop', testMatch: ['desktop*.spec.ts'] },
    { name: 'viewer', testMatch: ['hdf5.spec.ts'] },
    {
      name: 'slurm-overmemory',
      testMatch: ['whole-way.spec.ts', 'memory.spec.ts', 'form-slurm.spec.ts'],
      use: { facility: { slurm: { jobacct: 'linux' } } },
    },
    {
      name: 'slurm-private',
      testMatch: ['private-jobs.spec.ts'],
      use: { facility: { slurm: { privateJobs: true } } },
    },
    {
      name: 'slurm-accounting',
      testMatch: ['accounting.spec.ts'],
      use: { facility: { slurm: { accounting: true } } },
    },
    {
      name: 'slurm-moss',
      testMatch: ['moss.spec.ts'],
      use: {
        facility: {
          slurm: {},
          config: 'tests/facility/moss/jupyterhub_config.py',
        },
      },
    },
    {
      name: 'local',
      testMatch: [
        'local.spec.ts',
        'form.spec.ts',
        'picker.spec.ts',
        'pages.spec.ts',
      ],
      use: { facility: { baseUrl: '/jupyter/' } },
    },
  ],
});
