const MOST_BYTES = 256 * 1024 * 1024;

/** What was given is no catalogue as a whole: why, and what to do. */
export class Unreadable extends Error {}

/** @throws {Unreadable} if a file is larger than what is taken. */
export function checkSize(name: string, { size }: { size: number }): void {
  if (size > MOST_BYTES) {
    throw new Unreadable(
      `${name} has ${String(Math.round(size / 1024 / 1024))} MiB, and at most ${String(MOST_BYTES / 1024 / 1024)} are read. Leave files of datasets out, or export them elsewhere.`,
    );
  }
}

export function notUtf8(name: string): Unreadable {
  return new Unreadable(
    `${name} is not UTF-8. Export it as UTF-8, then import it again.`,
  );
}
