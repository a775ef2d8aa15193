import { messageOf } from '../refusal.js';
import { type Command, type Output, UsageError } from './command.js';

/** Runs the command that the words name, and gives the exit status. */
export async function run(
  commands: readonly Command[],
  words: readonly string[],
  output: Output,
): Promise<number> {
  const found = commands.find(({ name }) =>
    name.split(' ').every((word, at) => words[at] === word),
  );
  if (!found) {
    return overview(commands, words, output);
  }
  const rest = words.slice(found.name.split(' ').length);
  if (rest.includes('--help') || rest.includes('-h')) {
    output.say(found.usage.trim());
    return 0;
  }
  try {
    return await found.run(rest, output);
  } catch (error) {
    output.complain(`beamtime ${found.name}: ${messageOf(error)}`);
    if (isUsage(error)) {
      output.complain(`Try: beamtime ${found.name} --help`);
      return 2;
    }
    return 1;
  }
}

/** `parseArgs` has codes of its own for what it does not understand. */
function isUsage(error: unknown): boolean {
  return (
    error instanceof UsageError ||
    (typeof error === 'object' &&
      error !== null &&
      'code' in error &&
      String(error.code).startsWith('ERR_PARSE_ARGS_'))
  );
}

function overview(
  commands: readonly Command[],
  words: readonly string[],
  output: Output,
): number {
  const width = Math.max(0, ...commands.map(({ name }) => name.length));
  const [first = '--help'] = words;
  const group = commands.filter(({ name }) => name.startsWith(`${first} `));
  const asked = ['--help', '-h', 'help'].includes(first);
  const tell = (line: string) =>
    asked ? output.say(line) : output.complain(line);
  if (!asked) {
    tell(
      group.length > 0
        ? `beamtime ${first}: say what to do with it.`
        : `beamtime: there is no command “${words.join(' ')}”.`,
    );
  }
  tell(
    'Usage: beamtime COMMAND …, and beamtime COMMAND --help for its options',
  );
  for (const { name, summary } of group.length > 0 ? group : commands) {
    tell(`  ${name.padEnd(width)}  ${summary}`);
  }
  return asked ? 0 : 2;
}
