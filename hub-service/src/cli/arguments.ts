import { parseArgs } from 'node:util';
import { UsageError } from './command.js';

type Given = Readonly<Record<string, string | boolean | string[] | undefined>>;

/** What stands after a command: its options by name, and the one thing it is about. */
export interface Arguments {
  /** @throws {UsageError} if there is none. */
  only(what: string): string;
  text(option: string): string | undefined;
  list(option: string): string[];
  has(option: string): boolean;
}

/** @throws {TypeError} of `parseArgs` if an option is not known, or has no value. */
export function readArguments(
  words: readonly string[],
  options: Record<string, 'text' | 'list' | 'yes'>,
): Arguments {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: Object.fromEntries(
      Object.entries(options).map(([name, kind]) => [
        name,
        {
          type: kind === 'yes' ? ('boolean' as const) : ('string' as const),
          multiple: kind === 'list',
        },
      ]),
    ),
  });
  const given: Given = values as Given;
  return {
    only(what) {
      const [first, ...more] = positionals;
      if (first === undefined || more.length > 0) {
        throw new UsageError(
          first === undefined
            ? `${what} is missing.`
            : `“${more.join(' ')}” is too much: quote what belongs together.`,
        );
      }
      return first;
    },
    text(option) {
      const value = given[option];
      return typeof value === 'string' ? value : undefined;
    },
    list(option) {
      const value = given[option];
      return Array.isArray(value) ? value : [];
    },
    has: (option) => given[option] === true,
  };
}
