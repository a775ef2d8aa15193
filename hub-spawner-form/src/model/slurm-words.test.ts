import { placeRefusal, SLURM_REFUSED } from './slurm-words.js';

const asked = {
  partition: 'gpu',
  nprocs: 4,
  runtime: '1:00:00',
  ngpus: 1,
  account: 'a',
  qos: 'q',
  reservation: 'r',
  constraint: 'c',
  options: '--x',
};

test.each([
  ['Requested reservation is invalid', 'reservation'],
  ['Invalid qos specification', 'qos'],
  ['Invalid account or account/partition combination specified', 'account'],
  ['Invalid feature specification', 'constraint'],
  ["unrecognized option '--x'", 'options'],
  ['Memory specification can not be satisfied', 'memory'],
  [
    'Requested time limit is invalid (missing or exceeds some limit)',
    'runtime',
  ],
  ['Invalid generic resource (gres) specification', 'ngpus'],
  ['CPU count per node can not be satisfied', 'nprocs'],
  ['Requested node configuration is not available', 'nprocs'],
  ["User's group not permitted to use this partition", 'partition'],
  ['Something that nobody has met', ''],
])('%s stands at %j', (words, field) => {
  const message = `${SLURM_REFUSED}Batch job submission failed: ${words}`;
  expect(placeRefusal({ field: '', message }, asked)).toEqual({
    field,
    message,
  });
});

test('stands on top if that field was left empty, or if it is not Slurm that speaks', () => {
  const message = `${SLURM_REFUSED}Requested reservation is invalid`;
  const rest: Partial<typeof asked> = { ...asked };
  delete rest.reservation;
  expect(placeRefusal({ field: '', message }, rest).field).toBe('');
  const ours = { field: '', message: 'No reservation today.' };
  expect(placeRefusal(ours, asked)).toBe(ours);
});
