import { program } from './fakes.js';
import { ProgramIcons } from './icons.js';

const icons = new ProgramIcons((path) => `http://lab/beamtime-desktop/${path}`);
const parse = (svg: string) =>
  new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;

test.each([
  ['PyMca', 'Py'],
  ['Mantid Workbench', 'MW'],
  ['silx view', 'sv'],
  ['<script>', 'sc'],
  ['---', '?'],
])('stands for %p with %p', (title, letters) => {
  const svg = parse(icons.of(program({ title })).svgstr);
  expect(svg.querySelector('text')?.textContent).toBe(letters);
  expect(svg.getAttribute('aria-hidden')).toBe('true');
  expect(svg.querySelector('script')).toBeNull();
});

test('shows its picture, whatever is in its address', () => {
  const icon = 'api/programs/x/icon?v="/><script/>';
  const svg = parse(icons.of(program({ icon })).svgstr);
  expect(svg.querySelector('image')?.getAttribute('href')).toBe(
    `http://lab/beamtime-desktop/${icon}`,
  );
  expect(svg.querySelector('script')).toBeNull();
});

test('is made once, and anew for another mark', () => {
  const plain = icons.of(program());
  expect(icons.of(program())).toBe(plain);
  expect(icons.of(program(), 'missing').svgstr).toContain('missing');
});
