/**
 * Waits for work that is told by a signal when its time is up, and no longer: work that does
 * not heed the signal is not waited for either.
 *
 * @param late - what is then thrown.
 */
export async function inTime<T>(
  milliseconds: number,
  late: Error,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const end = new AbortController();
  const tooLate = new Promise<never>((_resolve, reject) => {
    end.signal.addEventListener('abort', () => reject(late), { once: true });
  });
  const timer = setTimeout(() => end.abort(late), milliseconds);
  timer.unref();
  try {
    return await Promise.race([work(end.signal), tooLate]);
  } catch (error) {
    // What the work throws because it was ended says less.
    throw end.signal.aborted ? late : error;
  } finally {
    clearTimeout(timer);
  }
}

/** The answer, or `'over'` if that comes first; the answer may then come for nobody. */
export async function orOver<T>(
  answer: Promise<T>,
  over: Promise<void> | undefined,
): Promise<T | 'over'> {
  return over === undefined
    ? answer
    : Promise.race([answer, over.then(() => 'over' as const)]);
}
