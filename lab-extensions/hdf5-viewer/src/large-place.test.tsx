import { nullTranslator } from '@jupyterlab/translation';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';

import { LargeOffer } from './large-offer.js';
import type { Offer } from './large-values.js';
import { MissingParts } from './missing-parts.js';

const trans = nullTranslator.load('');

function textOf(element: ReactNode): string {
  const host = document.createElement('div');
  const root = createRoot(host);
  flushSync(() => root.render(element));
  const text = host.textContent;
  root.unmount();
  return text;
}

const offer = {
  params: { dataset: { name: 'frames', path: '/frames' } },
  cost: { wanted: 96e6, read: 96e6, pieces: 1 },
  shape: [4000, 6000],
  failed: null,
} as unknown as Offer;

test.each([
  [null, 'Everything96 MBAll'],
  [1.2, 'Everything96 MBAll'],
  [12.3, '96 MB, about 12 s on this connection'],
  [300, '96 MB, about 5 min on this connection'],
])('an offer says how long everything would take: %d s', (seconds, words) => {
  const pace = { secondsFor: () => seconds };
  const text = textOf(
    <LargeOffer {...{ offer, pace, trans }} onChoose={() => undefined} />,
  );
  expect(text).toContain(words);
});

test.each([
  [[], ''],
  [['a.h5'], 'Not there: a.h5, a file'],
  [['a.h5', 'b.h5'], 'Not there: a.h5, b.h5, files'],
  [['a.h5', 'b.h5', 'c.h5', 'd.h5', 'e.h5'], 'c.h5 and 2 more of the files'],
])('names the parts that are not there: %j', (files, words) => {
  const text = textOf(<MissingParts files={files} trans={trans} />);
  expect(text).toContain(words);
  expect(text === '').toBe(files.length === 0);
});
