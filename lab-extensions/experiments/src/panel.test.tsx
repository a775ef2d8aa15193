import type { ExperimentPage } from '@beamtime/contract';
import { Widget } from '@lumino/widgets';
import { away, experiment, link, page, words } from './fakes.js';
import { ExperimentList } from './list.js';
import { ExperimentPanel } from './panel.js';
import { SessionExperiments } from './session.js';

let answer: () => Promise<ExperimentPage>;
let opened: string[];
let panel: ExperimentPanel;

beforeEach(async () => {
  Element.prototype.scrollIntoView = () => undefined;
  opened = [];
  answer = () =>
    Promise.resolve(
      page([experiment('a'), experiment('b'), experiment('c')], {
        problems: [
          {
            source: 'neutron',
            label: 'neutron',
            kind: 'unavailable',
            message: 'It is away since 14:03.',
            since: '2026-11-20T14:03:00Z',
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
  const list = new ExperimentList({ list: () => answer() }, 0);
  panel = new ExperimentPanel('test', list, session, words, (key) =>
    opened.push(key),
  );
  Widget.attach(panel, document.body);
});

afterEach(() => {
  panel.dispose();
});

/** Waits until the panel shows something; the test's time limit ends it. */
async function shows(selector: string): Promise<HTMLElement> {
  for (;;) {
    const found = panel.node.querySelector<HTMLElement>(selector);
    if (found) {
      return found;
    }
    await new Promise((done) => requestAnimationFrame(done));
  }
}

function press(target: Element | null, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    target?.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
    );
  }
  return new Promise((done) => requestAnimationFrame(() => done()));
}

test('shows the session first, then the rest, and every problem', async () => {
  await shows('.bt-Card');
  const cards = [...panel.node.querySelectorAll('.bt-Card strong')];
  expect(cards.map(({ textContent }) => textContent)).toEqual([
    'MA-c',
    'MA-a',
    'MA-b',
  ]);
  const notices = panel.node.querySelectorAll('.bt-Notice');
  expect(notices[0]?.textContent).toContain('It is away since 14:03.');
  expect(notices[1]?.textContent).toContain('No room.');
});

test('arrows move among the cards and Enter opens', async () => {
  const list = await shows('[role=listbox]');
  list.focus();
  await press(list, 'End');
  expect(list.querySelector('[aria-selected=true]')?.id).toBe(
    list.getAttribute('aria-activedescendant'),
  );
  await press(list, 'ArrowUp');
  await press(list, 'Enter');
  expect(opened).toEqual(['embedded:a']);
});

test('a slash leads to the search, an arrow back to the cards', async () => {
  const list = await shows('[role=listbox]');
  list.focus();
  await press(list, '/');
  const search = panel.node.querySelector('input');
  expect(document.activeElement).toBe(search);
  await press(search, 'ArrowDown');
  expect(document.activeElement).toBe(list);
});

test('a click opens', async () => {
  (await shows('[data-key="embedded:b"]')).click();
  expect(opened).toEqual(['embedded:b']);
});

test('says when the service is away, keeps the list, and tries again', async () => {
  await shows('.bt-Card');
  answer = () => Promise.reject(away);
  (await shows('.bt-Panel-footer button')).click();
  const notice = await shows('.bt-mod-error');
  expect(notice.textContent).toContain('The service is away.');
  expect(panel.node.querySelectorAll('.bt-Card')).toHaveLength(3);
  answer = () => Promise.resolve(page([experiment('new')]));
  notice.querySelector('button')?.click();
  await shows('[data-key="embedded:new"]');
  expect(panel.node.querySelector('.bt-mod-error')).toBeNull();
});
