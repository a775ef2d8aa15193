// npm run bench [case…]: measures us beside the peers, one run of each in turn.
import { inCheckout } from './shared/paths.mjs';
import { Refusal, main } from './shared/say.mjs';
import { node24, setUp } from './shared/setup.mjs';
import { spawn } from 'node:child_process';

await main(async () => {
  await setUp({ features: ['desktop', 'slurm', 'browser'] });
  const child = spawn(
    await node24(),
    [inCheckout('tests/bench/main.ts'), ...process.argv.slice(2)],
    { stdio: 'inherit' },
  );
  const code = await new Promise((done) => child.on('exit', done));
  if (code !== 0) {
    throw new Refusal('The benchmark did not finish; see above.');
  }
});
