import { LargePictures } from './pictures.js';
import type { Progress } from './pictures.js';
import type { Reader } from './reader.js';
import type { ValueParams as Params } from './watch-values.js';

const dataset = { path: '/data' } as Params['dataset'];
const SELECTION = '0,:,:';
const params = { dataset, selection: SELECTION };

/** How often a reduced picture was asked for. */
let asked: number;

/** A server that needs so many ms for a whole picture and for a reduced one. */
function pictures(first: number | Error, reduced: number | Error) {
  let whole = first;
  const set = (time: number) => (whole = time);
  const after = (time: number | Error, value: string, signal?: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      const giveUp = () => reject(new Error('given up'));
      if (signal?.aborted === true) {
        giveUp();
      }
      signal?.addEventListener('abort', giveUp);
      if (typeof time === 'number') {
        setTimeout(() => resolve(value), time);
      } else {
        setTimeout(() => reject(time));
      }
    });
  const reader = {
    value: (_: string, __: string, { signal }: { signal: AbortSignal }) =>
      after(whole, 'whole', signal),
    reducedPicture: (_: string, __: string, signal: AbortSignal) => {
      asked += 1;
      return after(reduced, 'reduced', signal);
    },
  } as unknown as Reader;
  const large = new LargePictures(reader);
  const states: Progress['state'][] = [];
  large.onProgress = (_, { state }) => states.push(state);
  return { large, states, set };
}

beforeEach(() => {
  jest.useFakeTimers();
  asked = 0;
});
afterEach(() => jest.useRealTimers());

async function shown(answer: Promise<unknown>): Promise<[unknown, number]> {
  const begin = Date.now();
  const result = answer.then((value): [unknown, number] => [
    value,
    Date.now() - begin,
  ]);
  await jest.advanceTimersByTimeAsync(10_000);
  return result;
}

test('the reduced picture is first, the whole one follows', async () => {
  const { large, states } = pictures(2700, 100);
  expect(await shown(large.get(params, SELECTION))).toEqual(['reduced', 100]);
  expect(states).toEqual(['coming', 'whole']);
});

test('where the last one came quickly, the next is not reduced', async () => {
  const { large, states } = pictures(200, 10);
  expect(await shown(large.get(params, SELECTION))).toEqual(['reduced', 10]);
  expect(states).toEqual(['coming', 'whole']);
  expect(await shown(large.get(params, SELECTION))).toEqual(['whole', 200]);
  expect(asked).toBe(1);
});

test('a quick way may become slow', async () => {
  const { large, set } = pictures(200, 10);
  await shown(large.get(params, SELECTION));
  set(2700);
  expect(await shown(large.get(params, SELECTION))).toEqual(['reduced', 310]);
});

test('where none can be had, the whole one has to do', async () => {
  const { large, states } = pictures(2700, new Error('no h5py'));
  expect(await shown(large.get(params, SELECTION))).toEqual(['whole', 2700]);
  expect(states).toEqual([]);
});

test('a whole one that does not come after all is told', async () => {
  const { large, states } = pictures(new Error('away'), 100);
  expect(await shown(large.get(params, SELECTION))).toEqual(['reduced', 100]);
  expect(states).toEqual(['coming', 'failed']);
});

test('the next picture takes the last one’s place', async () => {
  const { large, states } = pictures(2700, 100);
  const first = large.get(params, SELECTION);
  await jest.advanceTimersByTimeAsync(1000);
  await first;
  await shown(large.get({ dataset, selection: '1,:,:' }, '1,:,:'));
  expect(states).toEqual(['coming', 'given-up', 'coming', 'whole']);
});

test('who cancels gets nothing more', async () => {
  const { large, states } = pictures(2700, 100);
  const user = new AbortController();
  const first = large.get(params, SELECTION, user.signal);
  const failed = expect(first).rejects.toThrow('given up');
  await jest.advanceTimersByTimeAsync(50);
  user.abort();
  await failed;
  expect(states).toEqual([]);
});
