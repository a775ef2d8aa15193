/** Most answers that are asked for in one go. */
const AT_ONCE = 200;

/** So many questions are asked at once, others when there is time. */
const FEW = 50;

/** H5Web's `FetchStore`, as far as it is used here. */
export interface FetchStore<I, R> {
  has: (input: I) => boolean;
  prefetch: (input: I) => void;
  get: (input: I) => R;
  preset: (input: I, result: R) => void;
  evict: (input: I) => void;
  evictErrors: () => void;
}

type Entry<R> =
  | { state: 'waiting'; promise: Promise<void>; done: () => void }
  | { state: 'here'; value: R }
  | { state: 'failed'; error: unknown };

/**
 * Makes a store of H5Web quick for thousands of things. H5Web's own looks through all that it
 * knows at each question, and copies the list of what is under way twice for each answer: a
 * group of 5,000 takes it seconds. This one finds by key, and asks for many things when the
 * page is idle, the one wanted last first: a tree that is just drawn wants something of each
 * of its rows, and a person who clicks on one does not wait for the others.
 *
 * @param store - Its methods are replaced; what it knew is asked for again.
 * @param keyOf - Two inputs of the same key have the same answer.
 * @param ask - Gives the answer.
 * @param whenIdle - Calls back when there is time.
 */
export function quicken<I, R>(
  store: FetchStore<I, R>,
  keyOf: (input: I) => string,
  ask: (input: I) => Promise<R>,
  whenIdle: (run: () => void) => void = idly,
): void {
  const known = new Map<string, Entry<R>>();
  /** In the order in which they were wanted. */
  const wanted = new Map<string, I>();
  let isDue = false;
  let running = 0;

  const start = (key: string, input: I) => {
    const entry = known.get(key);
    running += 1;
    const settle = (settled: Entry<R>) => {
      running -= 1;
      // Unless something else was put in its place meanwhile.
      if (known.get(key) === entry) {
        known.set(key, settled);
      }
      if (entry?.state === 'waiting') {
        entry.done();
      }
    };
    ask(input).then(
      (value) => settle({ state: 'here', value }),
      (error: unknown) => settle({ state: 'failed', error }),
    );
  };
  const pump = () => {
    isDue = false;
    for (const [key, input] of [...wanted].slice(-AT_ONCE)) {
      wanted.delete(key);
      start(key, input);
    }
    schedule();
  };
  const schedule = () => {
    if (!isDue && wanted.size > 0) {
      isDue = true;
      whenIdle(pump);
    }
  };
  const want = (key: string, input: I): Entry<R> => {
    const before = known.get(key);
    if (before !== undefined && before.state !== 'waiting') {
      return before;
    }
    const entry = before ?? waiting<R>();
    known.set(key, entry);
    if (before === undefined || wanted.delete(key)) {
      if (running < FEW) {
        // At once: React shows what waits once half a second late if it has shown that it waits.
        start(key, input);
      } else {
        wanted.set(key, input);
        schedule();
      }
    }
    return entry;
  };

  Object.assign(store, {
    has: (input: I) => known.has(keyOf(input)),
    prefetch: (input: I) => void want(keyOf(input), input),
    get: (input: I): R => {
      const entry = want(keyOf(input), input);
      switch (entry.state) {
        case 'here':
          return entry.value;
        case 'failed':
          throw entry.error;
        case 'waiting':
          // eslint-disable-next-line @typescript-eslint/only-throw-error -- React's Suspense.
          throw entry.promise;
      }
    },
    preset: (input: I, value: R) =>
      known.set(keyOf(input), { state: 'here', value }),
    evict: (input: I) => void known.delete(keyOf(input)),
    evictErrors: () => {
      for (const [key, { state }] of known) {
        if (state === 'failed') {
          known.delete(key);
        }
      }
    },
  } satisfies FetchStore<I, R>);
}

function waiting<R>(): Entry<R> {
  let done!: () => void;
  const promise = new Promise<void>((resolve) => (done = resolve));
  return { state: 'waiting', promise, done };
}

function idly(run: () => void): void {
  if ('requestIdleCallback' in globalThis) {
    requestIdleCallback(run, { timeout: 1_000 });
  } else {
    setTimeout(run, 50); // Safari.
  }
}
