import { type FetchStore, quicken } from './keyed-store.js';

/** A store of words, whose answers are given by hand. */
function world() {
  const asked: string[] = [];
  const answers = new Map<string, (value: string | Error) => void>();
  const idle: (() => void)[] = [];
  const store = {} as FetchStore<string, string>;
  quicken(
    store,
    (word) => word,
    (word) =>
      new Promise((resolve, reject) => {
        asked.push(word);
        answers.set(word, (value) =>
          value instanceof Error ? reject(value) : resolve(value),
        );
      }),
    (run) => idle.push(run),
  );
  const get = (word: string): unknown => {
    try {
      return store.get(word);
    } catch (thrown) {
      return thrown;
    }
  };
  return { asked, answers, idle, store, get };
}

test('lets what draws wait, and gives the answer once it is here', async () => {
  const { store, get, answers, asked } = world();
  const first = get('a');
  expect(first).toBeInstanceOf(Promise);
  expect(get('a')).toBe(first);
  expect(store.has('a')).toBe(true);
  expect(asked).toEqual(['a']);
  answers.get('a')?.('A');
  await first;
  expect(get('a')).toBe('A');
});

test('throws the failure until it is forgotten', async () => {
  const { store, get, answers, asked } = world();
  const waiting = get('a');
  const failure = new Error('broken');
  answers.get('a')?.(failure);
  await waiting;
  expect(get('a')).toBe(failure);
  store.evictErrors();
  expect(get('a')).toBeInstanceOf(Promise);
  expect(asked).toEqual(['a', 'a']);
});

test('asks for a few at once, for many when the page is idle, the one wanted last first', () => {
  const { get, asked, idle } = world();
  const rows = Array.from({ length: 1_000 }, (_, row) => `row ${row}`);
  rows.forEach(get);
  expect(asked).toEqual(rows.slice(0, 50));
  get('row 60'); // Clicked on meanwhile.
  while (idle.length > 0) {
    idle.shift()?.();
  }
  expect(asked.slice(50, 250)).toContain('row 60');
  expect(asked.slice(50, 250)).toContain('row 999');
  expect(new Set(asked).size).toBe(1_000);
  expect(asked).toHaveLength(1_000);
});

test('keeps what was put there while an answer was on its way', async () => {
  const { store, get, answers } = world();
  const waiting = get('a');
  store.preset('a', 'newer');
  answers.get('a')?.('older');
  await waiting;
  expect(get('a')).toBe('newer');
  store.evict('a');
  expect(store.has('a')).toBe(false);
});

test('asks for what is wanted beforehand, once', () => {
  const { store, asked } = world();
  store.prefetch('a');
  store.prefetch('a');
  store.prefetch('a');
  expect(asked).toEqual(['a']);
});
