import { INTERVAL, reportActivity } from './activity.js';

/** Events of a page, as if a person had made them; jsdom cannot. */
class FakePage extends EventTarget {
  private readonly listeners: ((event: Event) => void)[] = [];

  override addEventListener(
    _name: string,
    listener: EventListenerOrEventListenerObject | null,
  ): void {
    if (typeof listener === 'function') {
      this.listeners.push(listener);
    }
  }

  act(isTrusted = true): void {
    this.listeners[0]?.({ isTrusted } as Event);
  }
}

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

test('tells of a person at most once a minute', () => {
  const page = new FakePage();
  const report = jest.fn(async () => Promise.resolve());
  reportActivity(page, report);
  page.act();
  page.act();
  expect(report).toHaveBeenCalledTimes(1);
  jest.setSystemTime(Date.now() + INTERVAL);
  page.act();
  expect(report).toHaveBeenCalledTimes(2);
});

test('what a program does is no person', () => {
  const page = new FakePage();
  const report = jest.fn(async () => Promise.resolve());
  reportActivity(page, report);
  page.act(false);
  expect(report).not.toHaveBeenCalled();
});

test('what did not arrive is told again with the next key', async () => {
  const page = new FakePage();
  const report = jest
    .fn<Promise<void>, []>()
    .mockRejectedValueOnce(new TypeError('Failed to fetch'))
    .mockResolvedValue();
  reportActivity(page, report);
  page.act();
  await Promise.resolve();
  await Promise.resolve();
  page.act();
  expect(report).toHaveBeenCalledTimes(2);
});
