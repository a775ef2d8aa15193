import type { FieldError } from './session.js';

/**
 * Options of sbatch that may be added. A list of what is let in: sbatch takes abbreviations
 * (`--part=x`), and nothing that the plan sets or that changes who, where or how much may pass.
 */
const HARMLESS = new Set([
  'comment',
  'contiguous',
  'cpu-freq',
  'delay-boot',
  'exclude',
  'gpu-freq',
  'hint',
  'licenses',
  'mail-type',
  'mail-user',
  'mcs-label',
  'network',
  'nice',
  'no-requeue',
  'prefer',
  'signal',
  'switches',
  'tmp',
  'wckey',
]);

/** Nothing that sbatch's reader of the script takes for a quote, a comment or an end. */
const VALUE = /^[A-Za-z0-9_.:,@+/=%^*-]*$/;

/** Reads `--name=value --name value --flag`; what is wrong with it otherwise. */
export function readSbatchOptions(text: string): {
  options: string[];
  errors: FieldError[];
} {
  const options: string[] = [];
  const errors: FieldError[] = [];
  const refuse = (message: string) =>
    errors.push({ field: 'options', message });
  const words = text.split(' ').filter((word) => word !== '');
  for (let at = 0; at < words.length; at++) {
    const [, name, given] =
      /^--([a-z][a-z-]*)(?:=(.*))?$/.exec(words[at] ?? '') ?? [];
    if (name === undefined) {
      refuse(
        `${JSON.stringify(words[at])} is not an option in its long form. Write for instance --mail-type=BEGIN.`,
      );
      continue;
    }
    const next = words[at + 1];
    const takesNext = given === undefined && next?.startsWith('-') === false;
    at += takesNext ? 1 : 0;
    const value = takesNext ? next : given;
    if (!HARMLESS.has(name)) {
      refuse(
        `--${name} cannot be added: the form's own fields decide it, or it is not for sessions. These can: ${[...HARMLESS].map((option) => `--${option}`).join(', ')}.`,
      );
    } else if (value !== undefined && !VALUE.test(value)) {
      refuse(
        `The value of --${name} has characters that cannot be passed on. Use letters, digits and .,:@+/=%^*- only.`,
      );
    } else {
      options.push(value === undefined ? `--${name}` : `--${name}=${value}`);
    }
  }
  return { options, errors };
}
