import { sessionForm } from '../testing/fixtures.js';
import { readBoot } from './boot.js';

const boot = {
  base_url: '/jupyter/hub/',
  server: 'one',
  user: 'alice',
  form: sessionForm(),
  problem: null,
  refused: null,
};
const read = (more: object) =>
  readBoot(JSON.stringify({ ...boot, ...more }), '/hub/');

test('reads what the hub wrote', () => {
  expect(read({})).toEqual({
    baseUrl: '/jupyter/hub/',
    server: 'one',
    form: sessionForm(),
    problem: '',
    refused: null,
    user: 'alice',
    ended: null,
  });
});

test('passes on why there is no form', () => {
  const { form, problem } = read({ form: null, problem: 'No service.' });
  expect([form, problem]).toEqual([null, 'No service.']);
});

test('keeps the refused options as they came', () => {
  const refused = { options: { cmd: 'id' }, errors: [] };
  expect(read({ refused }).refused).toEqual(refused);
});

test('says that versions differ, but knows whom to ask again', () => {
  const { baseUrl, form, problem } = read({ form: { cluster: {} } });
  expect([baseUrl, form]).toEqual(['/jupyter/hub/', null]);
  expect(problem).toContain('different versions');
});

test.each(['', 'null', '<html>', '{}'])('survives %j', (text) => {
  const { baseUrl, form, problem } = readBoot(text, '/hub/');
  expect([baseUrl, form]).toEqual(['/hub/', null]);
  expect(problem).toContain('different versions');
});
