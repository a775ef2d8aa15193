// Runs programs: quiet when all is well, with the end of their output when not.
import { spawn } from 'node:child_process';
import { Refusal } from './say.mjs';

const KEPT = 16_000;

/**
 * @typedef {{cwd?: string, env?: Record<string, string>, echo?: boolean}} RunOptions
 */

/**
 * Runs a program and waits for it.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{code: number, output: string}>} its exit code and the end of its output.
 */
export function tryRun(command, args, { cwd, env, echo = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => {
        output = (output + text).slice(-KEPT);
        if (echo) {
          process.stdout.write(text);
        }
      });
    }
    child.on('error', (error) =>
      resolve({ code: 127, output: `${command}: ${error.message}` }),
    );
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

const CAUSES = [
  [/ENOSPC|No space left on device/, 'The disk is full.'],
  [
    /ENOTFOUND|EAI_AGAIN|Temporary failure (in name )?resol|Name or service not known|NewConnectionError|ECONNREFUSED|network is unreachable/i,
    'The network does not answer: this step downloads packages.',
  ],
  [/EACCES|Permission denied/, 'A file may not be written.'],
];

/**
 * Runs a program that must succeed; its output is kept for the message if it does not.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<string>} the end of its output
 */
export async function run(command, args, options = {}) {
  const { code, output } = await tryRun(command, args, options);
  if (code !== 0) {
    const cause = CAUSES.find(([pattern]) => pattern.test(output));
    throw new Refusal(
      `${cause ? `${cause[1]} ` : ''}This failed with exit code ${code}:\n    ${[command, ...args].join(' ')}\n\n${output.split('\n').slice(-40).join('\n')}`,
    );
  }
  return output;
}
