import { fireEvent, screen } from '@testing-library/preact';
import { sessionForm } from '../testing/fixtures.js';
import { openPage } from '../testing/open-page.js';

let stop: () => void;
beforeEach(() => ({ stop } = openPage()));
afterEach(() => stop());

const box = () =>
  screen.getByRole<HTMLInputElement>('combobox', { name: 'Experiment' });
const type = (value: string) => fireEvent.input(box(), { target: { value } });
const press = (key: string) => fireEvent.keyDown(box(), { key });
const options = () =>
  screen.queryAllByRole('option').map((option) => option.textContent);
const active = () =>
  document.getElementById(box().getAttribute('aria-activedescendant') ?? '')
    ?.textContent;
const chips = () =>
  screen
    .queryAllByRole('button', { name: /^Remove/ })
    .map((button) => button.ariaLabel ?? button.getAttribute('aria-label'));

test('is closed until it is asked', () => {
  box().focus();
  expect(box().getAttribute('aria-expanded')).toBe('false');
  expect(options()).toEqual([]);
});

test('opens with the first list, and "No experiment" at its end', () => {
  fireEvent.click(box());
  expect(options()).toEqual([
    'MA-5127Crack growth in steelBX11',
    expect.stringContaining('CH-6410Cathode ageingBX11 · 3'),
    'No experiment – only my own files, for training or tests',
  ]);
});

test('is used by keyboard alone', () => {
  type('cath');
  expect(active()).toContain('CH-6410');
  press('Enter');
  expect(chips()).toEqual(['Remove CH-6410']);
  expect(box().value).toBe('');
  expect(box().getAttribute('aria-expanded')).toBe('false');
  press('ArrowDown');
  press('ArrowDown');
  expect(active()).toContain('CH-6410');
  press('ArrowUp');
  press('ArrowUp');
  expect(active()).toContain('No experiment');
  press('ArrowDown');
  press('Enter');
  expect(chips()).toEqual(['Remove CH-6410', 'Remove MA-5127']);
  press('Backspace');
  expect(chips()).toEqual(['Remove CH-6410']);
});

test('Escape closes the list and keeps the choice', () => {
  type('crack');
  press('Escape');
  expect(options()).toEqual([]);
  expect(chips()).toEqual([]);
});

test('a chosen one is marked in the list, and taken out by choosing it again', () => {
  const choose = () => {
    fireEvent.click(box());
    fireEvent.click(screen.getByRole('option', { name: /MA-5127/ }));
  };
  choose();
  fireEvent.click(box());
  expect(
    screen.getByRole('option', { name: /MA-5127/, selected: true }),
  ).toBeTruthy();
  press('Escape');
  choose();
  expect(chips()).toEqual([]);
});

test('"No experiment" takes all of them out', () => {
  type('ma-5127');
  press('Enter');
  fireEvent.click(box());
  fireEvent.click(screen.getByRole('option', { name: /^No experiment/ }));
  expect(chips()).toEqual([]);
  expect(screen.getByText('only your own files')).toBeTruthy();
});

test('a chip is removed by its button, and the focus goes to the box', () => {
  type('ma-5127');
  press('Enter');
  fireEvent.click(screen.getByRole('button', { name: 'Remove MA-5127' }));
  expect(chips()).toEqual([]);
  expect(document.activeElement).toBe(box());
});

test('says when nothing is found, and when there is nothing', () => {
  type('zzz');
  expect(screen.getByText('Nothing found for “zzz”.')).toBeTruthy();
  stop();
  const experiments = { items: [], asOf: '', problems: [] };
  ({ stop } = openPage({ form: sessionForm({ experiments }) }));
  fireEvent.click(box());
  expect(
    screen.getByText('There is no experiment in your name yet.'),
  ).toBeTruthy();
});
