/**
 * Asks `first`; `second` too when that fails or keeps one waiting. Gives what comes first;
 * of failures, that of `second`.
 *
 * @param patience - Milliseconds.
 */
export function hedge<T>(
  first: () => Promise<T>,
  second: () => Promise<T>,
  patience: number,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let asked = false;
    const askSecond = () => {
      clearTimeout(timer);
      if (!asked) {
        asked = true;
        second().then(resolve, reject);
      }
    };
    const timer = setTimeout(askSecond, patience);
    first().then((answer) => {
      clearTimeout(timer);
      asked = true;
      resolve(answer);
    }, askSecond);
  });
}
