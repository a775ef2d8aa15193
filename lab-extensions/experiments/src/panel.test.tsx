import { ApiError } from '@beamtime/api-client';
import type { ExperimentPage } from '@beamtime/contract';
import { Widget } from '@lumino/widgets';
import { away, experiment, FakeMarks, link, page, words } from './fakes.js';
import { ExperimentList } from './list.js';
import { ExperimentPanel } from './panel.js';
import { SessionExperiments } from './session.js';
import { EVERYTHING } from './wish.js';

let answer: () => Promise<ExperimentPage>;
let done: [string, string][];
let list: ExperimentList;
let marks: FakeMarks;
let panel: ExperimentPanel;

// jsdom has no layout: a place to see some cards in.
for (const size of ['clientHeight', 'offsetHeight'] as const) {
  Object.defineProperty(HTMLElement.prototype, size, {
    configurable: true,
    get(this: HTMLElement) {
      return this.classList.contains('bt-Card') ? 80 : 600;
    },
  });
}
Element.prototype.scrollTo = () => undefined;

beforeEach(async () => {
  done = [];
  answer = () =>
    Promise.resolve(
      page([experiment('a'), experiment('b'), experiment('c')], {
        problems: [
          {
            source: 'neutron',
            label: 'Neutrons',
            kind: 'unavailable',
            message: 'Their catalogue refuses the connection.',
            since: '2026-11-20T14:03:00Z',
            shownAsOf: '2026-11-20T13:54:00Z',
          },
        ],
      }),
    );
  const session = new SessionExperiments({
    status: () =>
      Promise.resolve({ experiments: [link('c')], problems: ['No room.'] }),
    link: () => Promise.reject(away),
  });
  await session.refresh();
  marks = new FakeMarks();
  list = new ExperimentList(
    {
      list: () => answer(),
      get: () => Promise.reject(away),
      filters: () => Promise.reject(away),
    },
    marks,
    0,
  );
  const act = (name: string) => (key: string) => done.push([name, key]);
  panel = new ExperimentPanel('test', {
    list,
    session,
    marks,
    words,
    actions: {
      open: act('open'),
      add: act('add'),
      favourite: (key) => void marks.mark(key, !marks.favourites.has(key)),
      menu: act('menu'),
    },
  });
  Widget.attach(panel, document.body);
  void list.begin(EVERYTHING);
});

afterEach(() => {
  panel.dispose();
});

const frame = () =>
  new Promise<void>((next) => requestAnimationFrame(() => next()));

/** Waits until the panel is as is said; the test's time limit ends it. */
async function until<T>(is: () => T | null | undefined | false): Promise<T> {
  for (;;) {
    const found = is();
    if (found !== null && found !== undefined && found !== false) {
      return found;
    }
    await frame();
  }
}

const shows = (selector: string) =>
  until(() => panel.node.querySelector<HTMLElement>(selector));

const button = (name: string) =>
  until(() =>
    [...panel.node.querySelectorAll('button')].find(
      ({ textContent, ariaLabel }) =>
        textContent === name || ariaLabel === name,
    ),
  );

async function press(
  target: Element,
  key: string,
  more: KeyboardEventInit = {},
): Promise<void> {
  const init = { key, bubbles: true, cancelable: true, ...more };
  target.dispatchEvent(new KeyboardEvent('keydown', init));
  await frame();
}

test('shows the session first, then the rest, and every problem with its times', async () => {
  await shows('.bt-Card');
  const cards = [...panel.node.querySelectorAll('.bt-Card strong')];
  expect(cards.map(({ textContent }) => textContent)).toEqual([
    'MA-c',
    'MA-a',
    'MA-b',
  ]);
  const notices = panel.node.querySelectorAll('.bt-Notice');
  expect(notices[0]?.textContent).toMatch(
    /^Experiments of Neutrons may be missing\. Their catalogue refuses the connection\. It is so since \d\d:03\. Shown: what it said at \d\d:54\./,
  );
  expect(notices[1]?.textContent).toContain('No room.');
});

test('the keyboard moves, opens, adds, marks and asks for the menu', async () => {
  const cards = await shows('[role=listbox]');
  cards.focus();
  await press(cards, 'End');
  await until(
    () =>
      cards.querySelector('[aria-selected=true]')?.id ===
      cards.getAttribute('aria-activedescendant'),
  );
  await press(cards, 'ArrowUp');
  await press(cards, 'Enter');
  await press(cards, 'Enter', { ctrlKey: true });
  await press(cards, 'F10', { shiftKey: true });
  expect(done).toEqual([
    ['open', 'embedded:a'],
    ['add', 'embedded:a'],
    ['menu', 'embedded:a'],
  ]);
  await press(cards, 'f');
  expect(
    (await shows('.bt-mod-on')).closest('.bt-Card')?.textContent,
  ).toContain('MA-a');
});

test('a slash leads to the search, an arrow back to the cards', async () => {
  const cards = await shows('[role=listbox]');
  cards.focus();
  await press(cards, '/');
  const search = await shows('input');
  expect(document.activeElement).toBe(search);
  await press(search, 'ArrowDown');
  expect(document.activeElement).toBe(cards);
});

test('a click opens, on the star it marks', async () => {
  const card = await shows('[data-key="embedded:b"]');
  card.querySelector<HTMLElement>('.bt-Star')?.click();
  expect([done, [...marks.favourites]]).toEqual([[], ['embedded:b']]);
  card.click();
  expect(done).toEqual([['open', 'embedded:b']]);
});

test('of thousands only those in sight are in the page', async () => {
  const many = Array.from({ length: 5000 }, (_, n) => experiment(String(n)));
  answer = () => Promise.resolve(page(many, { total: 5000 }));
  void list.refresh();
  const first = await shows('[data-key="embedded:0"]');
  expect(first.getAttribute('aria-setsize')).toBe('5001');
  expect(panel.node.querySelectorAll('.bt-Card').length).toBeLessThan(60);
});

test('says when the service is away, keeps the list, counts down, and tries at once', async () => {
  await shows('.bt-Card');
  answer = () => Promise.reject(away);
  (await button('Refresh')).click();
  const notice = await shows('.bt-mod-error');
  expect(notice.textContent).toMatch(
    /The service is away\. Shown: what it said at .* Trying again in \d+ s\./,
  );
  expect(panel.node.querySelectorAll('.bt-Card')).toHaveLength(3);
  answer = () => Promise.resolve(page([experiment('new')]));
  (await button('Try now')).click();
  await shows('[data-key="embedded:new"]');
  expect(panel.node.querySelector('.bt-mod-error')).toBeNull();
});

test('a service of another version asks for a new session, and is not asked again', async () => {
  answer = () => Promise.reject(new ApiError('outdated', 'Too old.'));
  (await button('Refresh')).click();
  const notice = await shows('.bt-mod-error');
  expect(notice.textContent).toContain('Too old. Your files are not touched.');
  expect(notice.textContent).not.toContain('Trying again');
});

test('where nothing is found it names the filters, and drops one with a click', async () => {
  await shows('.bt-Card');
  answer = () => Promise.resolve(page([]));
  list.search('duplx');
  list.show({ ...EVERYTHING, query: { scope: 'mine', instruments: ['D7P'] } });
  const empty = await shows('.bt-Empty');
  expect(empty.textContent).toContain(
    'Nothing for “duplx”among: D7P, your experiments.',
  );
  (await button('Search all instruments')).click();
  expect(list.wish.query).toEqual({ scope: 'mine' });
  (await button('Forget “duplx”')).click();
  expect(list.text).toBe('');
});

test('who has none yet is led to open data', async () => {
  answer = () => Promise.resolve(page([]));
  list.show({ ...EVERYTHING, query: { scope: 'mine' } });
  (await button('Look at open data')).click();
  expect(list.wish.query.scope).toBe('public');
});

test('a chip is pressed for as long as its filter is set', async () => {
  const mine = await button('Mine');
  mine.click();
  await until(() => mine.getAttribute('aria-pressed') === 'true');
  expect(list.wish.query.scope).toBe('mine');
  mine.click();
  await until(() => mine.getAttribute('aria-pressed') === 'false');
  expect(list.wish.query.scope).toBeUndefined();
});
