import type { TranslationBundle } from '@jupyterlab/translation';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import type { RefObject } from 'react';
import { createPortal } from 'react-dom';

import { LargeOffer } from './large-offer.js';
import type { LargeValues, NotReduced, Offer } from './large-values.js';
import type { Pace } from './pace.js';
import type { Reader } from './reader.js';

const LineOverview = lazy(() => import('./line-overview.js'));

/** What H5Web shows in place of a value that it waits for. */
const LOADER = '[data-testid="LoadingDatasetValue"]';

interface LargePlaceProps {
  large: LargeValues;
  reader: Reader;
  pace: Pace;
  /** The element that H5Web is in. */
  container: RefObject<HTMLElement>;
  trans: TranslationBundle;
}

/** Puts offers where H5Web would say that it loads. */
export function LargePlace(props: LargePlaceProps) {
  const { large, reader, pace, container, trans } = props;
  const [offer, setOffer] = useState<Offer | null>(large.shown);
  const [place, setPlace] = useState<Element | null>(null);

  useEffect(() => {
    const update = () => setOffer(large.shown);
    large.changed.connect(update);
    update();
    return () => {
      large.changed.disconnect(update);
    };
  }, [large]);

  useEffect(() => {
    const { current } = container;
    const find = () => setPlace(current?.querySelector(LOADER) ?? null);
    const observer = new MutationObserver(find);
    if (current !== null && offer !== null) {
      observer.observe(current, { childList: true, subtree: true });
      find();
    }
    return () => {
      observer.disconnect();
      setPlace(null);
    };
  }, [container, offer]);

  return offer === null || place === null
    ? null
    : createPortal(
        <div className="bt-LargePlace">
          <LargeValue
            key={`${offer.params.dataset.path} ${offer.params.selection ?? ''}`}
            {...{ offer, reader, pace, trans }}
          />
        </div>,
        place,
      );
}

/** Why a reduced picture was not given, and what may be done. */
function wordsOf(failed: NotReduced, trans: TranslationBundle): string {
  switch (failed) {
    case 'not-installed':
      return trans.__(
        'The reduced picture cannot be made: this server has no h5py. Everything may still be loaded.',
      );
    case 'unreachable':
      return trans.__(
        'The reduced picture did not come: the Jupyter server does not answer. Your session may have ended, or the network is down. Check both, then try again.',
      );
    case 'not-read':
      return trans.__(
        'The reduced picture cannot be made: h5py on the server cannot read this dataset, or is busy. Try again, or load everything.',
      );
  }
}

interface LargeValueProps {
  offer: Offer;
  reader: Reader;
  pace: Pace;
  trans: TranslationBundle;
}

function LargeValue({ offer, reader, pace, trans }: LargeValueProps) {
  const [view, setView] = useState<'offer' | 'overview' | 'failed'>('offer');
  const { dataset, selection } = offer.params;
  const read = useCallback(
    (range: readonly [number, number], parts: number, signal: AbortSignal) =>
      reader.line(dataset.path, selection ?? null, range, parts, signal),
    [reader, dataset.path, selection],
  );
  const onFailed = useCallback(() => setView('failed'), []);
  if (view === 'overview') {
    return (
      <Suspense>
        <LineOverview
          title={dataset.name}
          length={offer.shape[0] ?? 0}
          {...{ read, trans, onFailed }}
        />
      </Suspense>
    );
  }
  return (
    <>
      {view === 'failed' && (
        <p role="alert" className="bt-LargePlace-failed">
          {trans.__(
            'The overview cannot be made: this server has no h5py, or cannot read the dataset. Everything may still be loaded.',
          )}
        </p>
      )}
      {view === 'offer' && offer.failed !== null && (
        <p role="alert" className="bt-LargePlace-failed">
          {wordsOf(offer.failed, trans)}
        </p>
      )}
      <LargeOffer
        offer={offer}
        pace={pace}
        trans={trans}
        onChoose={(choice) =>
          choice === 'overview' ? setView('overview') : offer.choose(choice)
        }
      />
    </>
  );
}
