import type { SessionRequest } from '@beamtime/contract';
import { sentenceOf } from './sentence.js';

const request: SessionRequest = {
  partition: 'gpu',
  nprocs: 8,
  runtime: '4:00:00',
};
const sentence = (more: Partial<SessionRequest>) =>
  sentenceOf({ ...request, ...more }, (key) => key.toUpperCase())
    .map(({ text, stressed }) => (stressed ? `*${text}*` : text))
    .join('');

test.each([
  [
    {},
    'You ask for *8 cores* on *gpu* for *4 hours*, with *only your own files*; JupyterLab opens first.',
  ],
  [
    { nprocs: 1, memory: '2000M', ngpus: 1 },
    'You ask for *1 core, 1.9 GB of memory and 1 GPU* on *gpu* for *4 hours*, with *only your own files*; JupyterLab opens first.',
  ],
  [
    { memory: '64G', ngpus: 2, gpu_type: 'a100', experiments: ['a', 'b'] },
    'You ask for *8 cores, 64 GB of memory and 2 a100 GPUs* on *gpu* for *4 hours*, with the data of *A and B*; JupyterLab opens first.',
  ],
  [
    { runtime: '90', default_url: '/lab/tree/x', ngpus: 0, gpu_type: 'a100' },
    'You ask for *8 cores* on *gpu* for *90 minutes*, with *only your own files*; x opens first.',
  ],
])('%j', (more, words) => {
  expect(sentence(more)).toBe(words);
});
