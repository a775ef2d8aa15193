import type { ValuesStoreParams } from '@h5web/app';

import { ValueBudget } from './value-budget.js';

test('the oldest frames are forgotten when there are too many', () => {
  const evicted: (string | undefined)[] = [];
  const budget = new ValueBudget(250, ({ selection }) =>
    evicted.push(selection),
  );
  const dataset = {} as ValuesStoreParams['dataset'];
  for (const selection of ['0,:,:', '1,:,:', '2,:,:', '3,:,:']) {
    budget.add({ dataset, selection }, new Uint8Array(100));
  }
  expect(evicted).toEqual(['0,:,:', '1,:,:']);
});
