import { advance, nothingYet, stepsOf } from './progress.js';

const waiting = (more: object = {}) =>
  JSON.stringify({
    message: 'Job 7 waits',
    progress: 30,
    beamtime: {
      step: 'waiting',
      job: '7',
      why: 'other jobs come first',
      slurm: 'Priority',
      start: '2026-11-21T14:20:00+01:00',
      node: '',
      ...more,
    },
  });

test('goes from step to step, and keeps when each began', () => {
  let progress = advance(nothingYet, '{"message": "Server requested"}', 1);
  progress = advance(progress, waiting(), 2);
  expect(progress).toMatchObject({
    step: 'waiting',
    job: '7',
    slurm: 'Priority',
    since: { asked: 1, waiting: 2 },
  });
  progress = advance(
    progress,
    '{"message": "runs", "beamtime": {"step": "starting", "node": "gpu01"}}',
    3,
  );
  expect(progress).toMatchObject({ step: 'starting', job: '7', slurm: '' });
  progress = advance(progress, '{"ready": true, "message": "Ready"}', 4);
  expect(progress.step).toBe('opening');
  expect(progress.log.map(({ text }) => text)).toEqual([
    'Server requested',
    'Job 7 waits',
    'runs',
    'Ready',
  ]);
});

test('writes one line per change', () => {
  const once = advance(nothingYet, waiting(), 1);
  const twice = advance(once, waiting({ slurm: 'Resources' }), 2);
  expect(twice.log).toHaveLength(1);
  expect(twice.slurm).toBe('Resources');
});

test('keeps the words of a start that failed', () => {
  const failed = '{"failed": true, "message": "Spawn failed: no machine"}';
  expect(advance(nothingYet, failed, 1).failure).toBe(
    'Spawn failed: no machine',
  );
  expect(advance(nothingYet, '{"failed": true}', 1).failure).toMatch(/not/);
});

test.each(['', '{', '[]', '7', '{"message": 7}'])(
  'is not disturbed by %j',
  (data) => {
    expect(advance(nothingYet, data, 1)).toBe(nothingYet);
  },
);

test('has no wait where there is no queue', () => {
  expect(stepsOf(false)).toEqual(['asked', 'starting', 'opening']);
  expect(stepsOf(true)).toHaveLength(4);
});
