import type { Experiment } from '@beamtime/contract';
import { ExperimentSelection } from './index.js';

const experiment: Experiment = {
  ref: { source: 'embedded', id: 'e1' },
  proposal: 'MA-5127',
  title: 'Crack growth',
  instrument: { name: 'BX11' },
  visibility: 'member',
  people: [],
  pids: [],
};

test('tells its listeners once for the same experiment, and when there is none', () => {
  const selection = new ExperimentSelection();
  const told: (string | undefined)[] = [];
  selection.changed.connect((_, now) => told.push(now?.title));
  selection.select(experiment);
  selection.select({ ...experiment, title: 'Crack growth, again' });
  selection.select(null);
  expect(told).toEqual(['Crack growth', undefined]);
});

test('holds the newest record of the experiment', () => {
  const selection = new ExperimentSelection();
  selection.select(experiment);
  selection.select({ ...experiment, title: 'Crack growth, again' });
  expect(selection.current?.title).toBe('Crack growth, again');
});
