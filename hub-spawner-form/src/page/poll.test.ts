import { pollWhileVisible } from './poll.js';

class FakePage extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';

  show(visible: boolean) {
    this.visibilityState = visible ? 'visible' : 'hidden';
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

let page: FakePage;
let ticks: AbortSignal[];
let finish: () => void;
let stop: () => void;

beforeEach(() => {
  jest.useFakeTimers();
  page = new FakePage();
  ticks = [];
  finish = () => undefined;
  stop = pollWhileVisible(page, 1000, (signal) => {
    ticks.push(signal);
    return new Promise((resolve) => (finish = resolve));
  });
});
afterEach(() => {
  stop();
  jest.useRealTimers();
});

const pass = (time: number) => jest.advanceTimersByTimeAsync(time);

test('ticks once in each interval, never two at once', async () => {
  await pass(999);
  expect(ticks).toHaveLength(0);
  await pass(5000);
  expect(ticks).toHaveLength(1);
  finish();
  await pass(1000);
  expect(ticks).toHaveLength(2);
});

test('stops while the page is hidden, and goes on at once when it was so for long', async () => {
  page.show(false);
  await pass(5000);
  expect(ticks).toHaveLength(0);
  page.show(true);
  await pass(0);
  expect(ticks).toHaveLength(1);
});

test('waits for the rest of the interval when the page was hidden shortly', async () => {
  await pass(400);
  page.show(false);
  await pass(100);
  page.show(true);
  await pass(499);
  expect(ticks).toHaveLength(0);
  await pass(1);
  expect(ticks).toHaveLength(1);
});

test('does not start again when the tick ends in a hidden page', async () => {
  await pass(1000);
  page.show(false);
  finish();
  await pass(5000);
  expect(ticks).toHaveLength(1);
});

test('ends for good, and aborts what is under way', async () => {
  await pass(1000);
  stop();
  expect(ticks[0]?.aborted).toBe(true);
  finish();
  page.show(false);
  page.show(true);
  await pass(5000);
  expect(ticks).toHaveLength(1);
});
