import { sessionForm } from '../testing/fixtures.js';
import type { Choice } from './choice.js';
import type { FieldName } from './fields.js';
import { remediesFor } from './remedy.js';
import { choiceOf } from './start.js';

const form = sessionForm();
const at = (field: FieldName, patch: Partial<Choice>) => {
  const choice = { ...choiceOf(form, { partition: 'cpu' }), ...patch };
  return remediesFor(form, choice, field).map(({ label }) => label);
};
const exactly = (cpus: string, memory = '') => ({
  amount: { kind: 'exact', cpus, memory } as const,
});

test.each<[FieldName, Partial<Choice>, string[]]>([
  ['cores', exactly('40'), ['Use 32 cores', 'Use gpu']],
  ['cores', exactly('many'), ['Use 32 cores']],
  ['memory', exactly('4', '100G'), ['Use 64 GB', 'Use the usual share']],
  ['gpus', { gpus: { type: '', number: 1 } }, ['Use none', 'Use gpu']],
  ['time', { runtime: '7-0' }, ['Use 24 hours', 'Use 8 hours']],
  ['where', { partition: 'beam' }, ['Use Everyday analysis', 'Use gpu']],
  ['software', { environment: 'gone' }, ['Use Analysis', 'Use Imaging']],
  ['reservation', { reservation: 'over' }, ['Use none']],
  ['constraint', { constraint: 'moon' }, ['Use any']],
  [
    'opening',
    { classic: true, opening: { kind: 'desktop' } },
    ['Use JupyterLab', 'Open JupyterLab first'],
  ],
])('at %s, %j would run as %j', (field, patch, labels) => {
  expect(at(field, patch)).toEqual(labels);
});

test('what is offered does mend the field', () => {
  const choice = { ...choiceOf(form, { partition: 'cpu' }), ...exactly('40') };
  const [remedy] = remediesFor(form, choice, 'cores');
  expect(
    remediesFor(form, { ...choice, ...remedy?.patch }, 'cores'),
  ).not.toContainEqual(remedy);
  expect(remedy?.patch).toEqual({
    amount: { kind: 'exact', cpus: '32', memory: '' },
  });
});
