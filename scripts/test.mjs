// npm test: sets everything up, then every check and test there is. It skips nothing.
//   npm test -- checks unit e2e     only these parts
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { buildDocs } from './shared/docs.mjs';
import {
  binary,
  checkout,
  environment,
  inCheckout,
  stateDir,
} from './shared/paths.mjs';
import { tryRun } from './shared/run.mjs';
import { elapsed, main, say, step } from './shared/say.mjs';
import { node24, setUp } from './shared/setup.mjs';
import { readJunit, Tally } from './shared/tally.mjs';

const results = inCheckout('test-results');
const tally = new Tally();

const CHECKS = [
  [
    'eslint',
    'node',
    ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings=0'],
  ],
  [
    'prettier',
    'node',
    ['node_modules/prettier/bin/prettier.cjs', '--check', '.'],
  ],
  ['types', 'node', ['node_modules/typescript/bin/tsc', '-p', 'tests']],
  ['ruff check', binary('tools', 'ruff'), ['check', '.']],
  ['ruff format', binary('tools', 'ruff'), ['format', '--check', '.']],
  [
    'mypy: hub',
    binary('tools', 'mypy'),
    [
      '--python-executable',
      binary('hub', 'python'),
      'hub-spawner-form/beamtime_hub',
    ],
  ],
  [
    'mypy: session',
    binary('tools', 'mypy'),
    [
      '--python-executable',
      binary('lab', 'python'),
      'lab-extensions/beamtime_lab',
      'desktop-proxy/beamtime_desktop',
      'tests/facility/data',
    ],
  ],
];

async function checks() {
  for (const [name, command, args] of CHECKS) {
    const { code, output } = await tryRun(command, args, { cwd: checkout });
    tally.check(name, code === 0, output);
  }
  const docs = await buildDocs();
  tally.check('docs', docs.code === 0, docs.output);
}

async function jest() {
  const file = path.join(results, 'jest.json');
  const { output } = await tryRun(
    await node24(),
    ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${file}`],
    { cwd: checkout },
  );
  const json = await readFile(file, 'utf8').catch(() => '');
  if (json === '') {
    return tally.broken('jest', output);
  }
  const {
    numPassedTests,
    numFailedTests,
    numPendingTests,
    numRuntimeErrorTestSuites,
  } = JSON.parse(json);
  tally.add(
    'jest',
    numPassedTests,
    numFailedTests + numPendingTests + numRuntimeErrorTestSuites,
    output,
  );
}

/** For tests with real programs around them: see docs/adr/0013. */
const TWICE = ['--reruns=1', '-rR'];

const PYTEST = [
  ['pytest: hub', 'hub', ['hub-spawner-form/tests']],
  [
    'pytest: session',
    'lab',
    ['lab-extensions/tests', 'desktop-proxy/tests'],
    TWICE,
  ],
  ['pytest: sample data', 'lab', ['tests/facility/data']],
  ['pytest: wheels', 'tools', ['tests/wheels']],
  ['pytest: binder', 'tools', ['tests/binder']],
];

async function pytest(parts) {
  for (const [name, env, folders, options = []] of parts) {
    const file = path.join(results, `${name.replace(/\W+/g, '-')}.xml`);
    const { output } = await tryRun(
      binary(env, 'python'),
      ['-m', 'pytest', ...folders, `--junit-xml=${file}`, ...options],
      {
        cwd: checkout,
        env: {
          BEAMTIME_STATE: stateDir,
          PATH: `${path.join(environment(env), 'bin')}:${process.env.PATH}`,
        },
      },
    );
    const counts = await readJunit(file);
    if (counts === null) {
      tally.broken(name, output);
    } else {
      tally.add(name, counts.passed, counts.failed, output);
      tally.unsteady(
        [...output.matchAll(/^RERUN (\S+)/gm)].map(([, test]) => test),
      );
    }
  }
}

async function endToEnd(args) {
  const file = path.join(results, 'e2e.json');
  const { output } = await tryRun(
    await node24(),
    [
      'node_modules/@playwright/test/cli.js',
      'test',
      '-c',
      'tests/e2e/playwright.config.ts',
      ...args,
    ],
    { cwd: checkout, env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file }, echo: true },
  );
  const json = await readFile(file, 'utf8').catch(() => '');
  if (json === '') {
    return tally.broken('end to end', output);
  }
  const { stats, errors, suites } = JSON.parse(json);
  tally.add(
    'end to end',
    stats.expected + stats.flaky,
    stats.unexpected + stats.skipped + errors.length,
    output,
  );
  tally.unsteady(
    specsOf(suites)
      .filter(isFlaky)
      .map(({ title }) => title),
  );
}

const specsOf = (suites = []) =>
  suites.flatMap(({ specs, suites }) => [...specs, ...specsOf(suites)]);
const isFlaky = ({ tests }) => tests.some(({ status }) => status === 'flaky');

const PARTS = {
  checks: () => step('lint and types', checks),
  unit: async () => {
    // Two lanes for two cores.
    await step('unit tests', () =>
      Promise.all([jest(), pytest(PYTEST.slice(0, 3))]),
    );
    await step('wheels and Binder', () => pytest(PYTEST.slice(3)));
  },
  e2e: async () => {
    // One after the other: there is one Slurm on the machine.
    await step('sessions on a real Slurm', () =>
      pytest([['pytest: slurm', 'hub', ['tests/slurm'], TWICE]]),
    );
    await step('end to end, in Chromium on a real hub', () => endToEnd([]));
  },
};

await main(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !(name in PARTS));
  if (unknown.length > 0) {
    throw new Error(
      `No such part: ${unknown.join(', ')}. There are: ${Object.keys(PARTS).join(', ')}.`,
    );
  }
  say('Setting up what the tests need (about 5 minutes the first time):');
  await setUp({ features: ['desktop', 'slurm', 'postgres', 'browser'] });
  await rm(results, { recursive: true, force: true });
  await mkdir(results, { recursive: true });
  for (const [name, part] of Object.entries(PARTS)) {
    if (wanted.length === 0 || wanted.includes(name)) {
      await part();
    }
  }
  say(`\nAll in ${elapsed()}.`);
  tally.report();
  process.exitCode = tally.failed === 0 ? 0 : 1;
});
