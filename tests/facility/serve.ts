// What `npm start` runs once everything is set up: the sample facility, until Ctrl-C.
import { parseArgs } from 'node:util';
import {
  Refusal,
  main,
  say,
  step,
  elapsed,
} from '../../scripts/shared/say.mjs';
import { Facility, USERS } from './facility.ts';
import { isFree } from './ports.ts';

const OPTIONS = {
  port: { type: 'string', default: '8000' },
  slurm: { type: 'boolean', default: false },
  fresh: { type: 'boolean', default: false },
} as const;

function parse() {
  try {
    return parseArgs({ options: OPTIONS }).values;
  } catch (error) {
    const why = error instanceof Error ? error.message.split('.')[0] : '';
    throw new Refusal(
      `${why ?? ''}. The options are --port NUMBER, --slurm (a real Slurm, needs root) and --fresh (forgets earlier sessions).`,
      { cause: error },
    );
  }
}

function options(): { port: number; slurm: boolean; fresh: boolean } {
  const values = parse();
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Refusal(
      `--port ${values.port} is not a port. Give a number from 1 to 65535.`,
    );
  }
  return { port, slurm: values.slurm, fresh: values.fresh };
}

function welcome(facility: Facility): void {
  const { url, settings } = facility.hub;
  say(`
Beamtime runs (${elapsed()}): ${url}

  Password of every demo user: ${settings.password}
    alice, bob   scientists
    ines         instrument scientist of BX11
    ada          admin of the hub
${settings.banner ? `\n  ${settings.banner}\n` : ''}
  Log: ${facility.hub.logFile}
  Ctrl-C ends everything that this has started.
`);
}

await main(async () => {
  const { port, slurm, fresh } = options();
  if (!(await isFree(port))) {
    throw new Refusal(
      `Port ${port} of 127.0.0.1 is taken. Stop the program that listens there, or: npm start -- --port ${port + 10}`,
    );
  }
  // A Ctrl-C while things start must still end what has been started by then.
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => resolve());
    }
  });
  const starting = step(
    `the sample facility${slurm ? ' on Slurm' : ''} (the first time about 30 s)`,
    () =>
      Facility.start({
        name: slurm ? 'demo-slurm' : 'demo',
        port,
        fresh,
        ...(slurm ? { slurm: { users: USERS } } : {}),
      }),
  );
  void stopped.then(() => say('\nEnding what was started …'));
  const facility = await starting;
  welcome(facility);
  await stopped;
  await facility.stop();
});
process.exit();
