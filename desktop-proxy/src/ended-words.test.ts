import { nullTranslator } from '@jupyterlab/translation';

import { endedHeading, endedMeaning } from './ended-words.js';
import type { Ended } from './wire.js';

const trans = nullTranslator.load('');
const ended = (cause: Ended['cause']): Ended => ({
  ...{ at: '2026-11-21T14:31:00.000Z', cause, status: 0 },
  ...{ reason: 'Its reason.', output: [] },
});
const facts = { ended: null, wasThere: false, title: 'PyMca', isFull: false };

test('a full desktop is logged out of, a program is closed', () => {
  const closed = { ...facts, ended: ended('closed') };
  expect(endedHeading(closed, trans)).toMatch(/^PyMca was closed at /);
  expect(endedHeading({ ...closed, isFull: true }, trans)).toMatch(
    /^The desktop was logged out at /,
  );
});

test('after a restart of Jupyter: what is lost, and what can be done', () => {
  const gone = { ...facts, wasThere: true };
  expect(endedHeading(gone, trans)).toBe('PyMca ended with your session');
  expect(endedMeaning(gone, trans)).toMatch(
    /not saved is lost.*start the same/,
  );
});

test('a display that crashes again and again is not tried for ever', () => {
  const loop = { ...facts, ended: ended('crash-loop') };
  expect(endedMeaning(loop, trans)).toMatch(/not tried a fourth time/);
});
