import { commands } from './commands.js';
import { run } from './run.js';

// What a command leaves in the service's folder is the service's alone.
process.umask(0o077);

process.exitCode = await run(commands, process.argv.slice(2), {
  say: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
});
