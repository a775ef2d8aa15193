/** Where a command writes. */
export interface Output {
  /** A line of what was asked for. */
  say(line: string): void;
  /** A line of what is wrong. */
  complain(line: string): void;
}

/** One of the things that `beamtime` does. */
export interface Command {
  /** The words after `beamtime` that name it, for instance `catalogue import`. */
  readonly name: string;
  /** What it does, in a few words, for the list of commands. */
  readonly summary: string;
  /** What `--help` shows: the arguments, each explained. */
  readonly usage: string;
  /**
   * Does it.
   *
   * @param words - the arguments after the name.
   * @returns the exit status: 0 when all is well, 1 when something is wrong that was told.
   * @throws {UsageError} if the arguments are wrong; any other error is told by its message.
   */
  run(words: readonly string[], output: Output): Promise<number>;
}

/** The arguments are wrong: told together with where help is, exit status 2. */
export class UsageError extends Error {}
