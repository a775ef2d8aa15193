import type { Bookmarks } from '@beamtime/contract';
import { away } from './fakes.js';
import { ExperimentMarks } from './marks.js';

/** A service that keeps bookmarks, or is away. */
class FakeService {
  kept: Bookmarks = { favourites: [], recent: [] };
  isAway = false;

  private answer(): Promise<Bookmarks> {
    return this.isAway ? Promise.reject(away) : Promise.resolve(this.kept);
  }

  bookmarks = () => this.answer();

  mark = (key: string, favourite: boolean) => {
    if (!this.isAway) {
      const others = this.kept.favourites.filter((other) => other !== key);
      const favourites = favourite ? [key, ...others] : others;
      this.kept = { ...this.kept, favourites };
    }
    return this.answer();
  };

  opened = (key: string) => {
    if (!this.isAway) {
      this.kept = { ...this.kept, recent: [key, ...this.kept.recent] };
    }
    return this.answer();
  };
}

let service: FakeService;
let stored: unknown;

beforeEach(() => {
  service = new FakeService();
  stored = undefined;
});

const marksHere = () =>
  new ExperimentMarks(service, {
    read: () => Promise.resolve(stored),
    write: (value) => {
      stored = value;
    },
  });

test('a star is there at once, and kept by the service', async () => {
  const marks = marksHere();
  const told = marks.mark('a:1', true);
  expect([...marks.favourites]).toEqual(['a:1']);
  await told;
  await marks.mark('a:2', true);
  await marks.mark('a:1', false);
  expect(service.kept.favourites).toEqual(['a:2']);
  expect([...marks.favourites]).toEqual(['a:2']);
});

test('what others have marked elsewhere comes with a refresh', async () => {
  const marks = marksHere();
  service.kept = { favourites: ['a:7'], recent: ['a:8'] };
  await marks.refresh();
  expect([[...marks.favourites], marks.recent]).toEqual([['a:7'], ['a:8']]);
});

test('while the service is away it is kept here, also over a reload, and told later', async () => {
  service.isAway = true;
  const before = marksHere();
  await before.mark('a:1', true);
  await before.opened('a:2');
  await before.refresh();
  expect([...before.favourites]).toEqual(['a:1']);

  const marks = marksHere();
  await marks.refresh();
  expect([[...marks.favourites], marks.recent]).toEqual([['a:1'], ['a:2']]);

  service.isAway = false;
  service.kept = { favourites: ['a:9'], recent: [] };
  await marks.refresh();
  expect(service.kept.favourites).toEqual(['a:1', 'a:9']);
  expect([...marks.favourites]).toEqual(['a:1', 'a:9']);
});

test('what was opened twice is recent once', async () => {
  service.isAway = true;
  const marks = marksHere();
  for (const key of ['a:1', 'a:2', 'a:1']) {
    await marks.opened(key);
  }
  expect(marks.recent).toEqual(['a:1', 'a:2']);
});
