import { FileFailure } from './failure.js';
import type { Failure } from './protocol.js';

/**
 * The messages of HDF5's error stack as h5wasm throws it, the innermost first:
 * `#000: …/H5F.c line 836 in H5Fopen(): unable to synchronously open file`.
 */
export function messagesOf(error: unknown): string[] {
  const text = error instanceof Error ? error.message : String(error);
  const messages = [
    ...text.matchAll(/#\d{3}: \S+ line \d+ in \w+\(\): (.+)/g),
  ].flatMap((match) => match[1] ?? []);
  return messages.length > 0 ? messages.reverse() : [text];
}

/** What an error of HDF5, or of the memory it runs in, means for the reader. */
export function failureOf(error: unknown): Failure {
  if (error instanceof FileFailure) {
    return error.failure;
  }
  const messages = messagesOf(error);
  const all = messages.join('\n');
  // The memory is in an unknown state after a trap or an endless recursion.
  if (
    error instanceof WebAssembly.RuntimeError ||
    (error instanceof RangeError && all.includes('call stack'))
  ) {
    return { kind: 'crashed', detail: all };
  }
  const truncated = /truncated file: eof = (\d+).*stored_eof = (\d+)/.exec(all);
  if (truncated !== null) {
    return {
      kind: 'truncated',
      bytes: Number(truncated[1]),
      expected: Number(truncated[2]),
    };
  }
  if (/already open for write|SWMR write access/i.test(all)) {
    return { kind: 'being-written' };
  }
  const filter = /required filter '(.*)' is not registered/.exec(all)?.[1];
  if (filter !== undefined) {
    return { kind: 'filter', name: filter };
  }
  return { kind: 'unreadable', detail: messages[0] ?? all };
}
