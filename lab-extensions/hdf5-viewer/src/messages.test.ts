import { nullTranslator } from '@jupyterlab/translation';

import { describeFailure, formatBytes, sentenceOf } from './messages.js';
import type { Failure } from './worker/protocol.js';

const trans = nullTranslator.load('beamtime_lab');

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1.0 kB'],
  [999_600, '1.0 MB'],
  [16_777_216, '17 MB'],
  [4.2e9, '4.2 GB'],
])('%d bytes read as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each<[Failure, string]>([
  [
    { kind: 'filter', name: 'sz3 (number 32024)' },
    'The compression sz3 (number 32024) is not available here. The rest of the file',
  ],
  [
    { kind: 'truncated', bytes: 448_255, expected: 896_511 },
    'scan.h5 is cut short. It has 448 kB of 897 kB.',
  ],
  [
    { kind: 'missing', file: 'raw/scan.h5' },
    'raw/scan.h5 is not there any more. It has been moved',
  ],
])('says what is wrong and what can be done: %j', (failure, beginning) => {
  const sentence = sentenceOf(describeFailure(failure, 'scan.h5', trans));
  expect(sentence.startsWith(beginning)).toBe(true);
});
