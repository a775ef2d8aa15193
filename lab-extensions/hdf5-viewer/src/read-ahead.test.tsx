import { DataProvider, DataProviderApi, useDataContext } from '@h5web/app';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';

import { ReadAhead } from './read-ahead.js';
import { watchValues } from './watch-values.js';
import type {
  ValueParams as Params,
  ValuesStore as Store,
} from './watch-values.js';

interface Read {
  selection: string | undefined;
  ahead: boolean;
  signal: AbortSignal | undefined;
  finish: (value: unknown) => void;
  fail: () => void;
}

/** Answers when told to. */
class SlowProvider extends DataProviderApi {
  readonly reads: Read[] = [];
  ahead = false;

  override getEntity(): never {
    throw new Error('not asked for here');
  }
  override getAttrValues(): never {
    throw new Error('not asked for here');
  }
  override getValue({ selection }: Params, signal?: AbortSignal) {
    const { ahead } = this;
    return new Promise<unknown>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
      const fail = () => reject(new Error('unreachable'));
      this.reads.push({ selection, ahead, signal, finish: resolve, fail });
    });
  }
}

const dataset = {
  path: '/entry/data',
  shape: { class: 'Array', dims: [5, 8, 8] },
} as unknown as Params['dataset'];

let store: Store;
let provider: SlowProvider;
let ahead: ReadAhead;

function Probe(): null {
  store = useDataContext().valuesStore;
  return null;
}

beforeEach(() => {
  jest.useFakeTimers();
  provider = new SlowProvider('frames.h5');
  const root = createRoot(document.createElement('div'));
  flushSync(() => {
    root.render(
      <DataProvider api={provider}>
        <Probe />
      </DataProvider>,
    );
  });
  ahead = new ReadAhead(store, (request) => {
    provider.ahead = true;
    request();
    provider.ahead = false;
  });
  watchValues(store, (params) => ahead.drawn(params));
});

afterEach(() => {
  ahead.dispose();
  jest.useRealTimers();
});

/** What H5Web does to draw a frame. */
function draw(selection: string) {
  try {
    return store.get({ dataset, selection });
  } catch {
    return 'waits';
  }
}

async function settle() {
  await jest.advanceTimersByTimeAsync(200);
}

const asked = () =>
  provider.reads.map(
    ({ selection = '', ahead: early }) => (early ? 'ahead ' : '') + selection,
  );

async function show(selection: string, duration = 20) {
  draw(selection);
  const value = new Uint8Array(64);
  provider.reads.find((each) => each.selection === selection)?.finish(value);
  ahead.loaded({ dataset, selection }, value, duration);
  await settle();
}

test('the neighbours are read one after the other, once the frame is there', async () => {
  draw('2,:,:');
  await settle();
  expect(asked()).toEqual(['2,:,:']);
  await show('2,:,:');
  expect(asked()).toEqual(['2,:,:', 'ahead 3,:,:']);
  provider.reads[1]?.finish('third');
  await settle();
  expect(asked()).toEqual(['2,:,:', 'ahead 3,:,:', 'ahead 1,:,:']);
  expect(draw('3,:,:')).toBe('third');
});

test('what is of no more use is taken back', async () => {
  await show('0,:,:');
  draw('4,:,:');
  expect(provider.reads[1]?.signal?.aborted).toBe(true);
  expect(store.has({ dataset, selection: '1,:,:' })).toBe(false);
  await show('4,:,:');
  expect(asked()).toEqual(['0,:,:', 'ahead 1,:,:', '4,:,:', 'ahead 3,:,:']);
});

test('a frame that is stepped to while it is read ahead is not read twice', async () => {
  await show('0,:,:');
  expect(draw('1,:,:')).toBe('waits');
  provider.reads[1]?.finish('first');
  await settle();
  expect(draw('1,:,:')).toBe('first');
  expect(asked()).toEqual(['0,:,:', 'ahead 1,:,:', 'ahead 2,:,:']);
});

test('a failure ahead is not shown: the frame is read again when it is asked for', async () => {
  await show('0,:,:');
  provider.reads[1]?.fail();
  await settle();
  expect(draw('1,:,:')).toBe('waits');
  expect(asked()).toEqual(['0,:,:', 'ahead 1,:,:', '1,:,:']);
});

test('frames that take long are read only when they are asked for', async () => {
  await show('0,:,:', 2700);
  expect(asked()).toEqual(['0,:,:']);
});
