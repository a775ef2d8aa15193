/**
 * Calls back when the process that started us is gone: a hub that was killed with -9 ends
 * nobody, and its service would keep the port with a token that is worth nothing.
 *
 * @returns stops looking.
 */
export function whenParentEnds(gone: () => void): () => void {
  // The hub may rightly be process 1, in a container; so a change is what counts.
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) {
      clearInterval(timer);
      gone();
    }
  }, 1_000);
  timer.unref();
  return () => clearInterval(timer);
}
