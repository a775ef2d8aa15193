// npm start: sets everything up and runs the sample facility on http://127.0.0.1:8000.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { environment, inCheckout, stateDir } from './shared/paths.mjs';
import { node24, setUp } from './shared/setup.mjs';
import { main, say } from './shared/say.mjs';

const args = process.argv.slice(2);

await main(async () => {
  if (!existsSync(environment('hub'))) {
    say(`Beamtime sets itself up: npm and Python packages, a build, sample data.
This takes 3 to 5 minutes the first time and about 2.5 GB, in this folder and in ${stateDir}.
`);
  }
  await setUp({
    features: ['desktop', ...(args.includes('--slurm') ? ['slurm'] : [])],
  });
  const child = spawn(
    await node24(),
    [inCheckout('tests/facility/serve.ts'), ...args],
    { stdio: 'inherit' },
  );
  // The terminal sends Ctrl-C to both; the facility ends itself, and we wait for it.
  for (const signal of ['SIGINT', 'SIGHUP']) {
    process.on(signal, () => undefined);
  }
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.exitCode = await new Promise((done) =>
    child.on('exit', (code) => done(code ?? 1)),
  );
});
