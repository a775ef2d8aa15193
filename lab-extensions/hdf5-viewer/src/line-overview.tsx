import { LineVis, useCameraState, useVisCanvasContext } from '@h5web/lib';
import type { Domain } from '@h5web/lib';
import type { TranslationBundle } from '@jupyterlab/translation';
import ndarray from 'ndarray';
import { useEffect, useMemo, useState } from 'react';

import type { LineExtremes } from './beside/client.js';
import { domainOf, toPoints, withDetail } from './line-points.js';
import type { Points } from './line-points.js';

/** Parts of the line that are drawn; a screen has about as many columns. */
const PARTS = 2000;

/** Time for which one must not zoom before more detail is read, ms. */
const CALM = 150;

/** Reads the extremes of a stretch of the line. */
export type ReadLine = (
  range: readonly [number, number],
  parts: number,
  signal: AbortSignal,
) => Promise<LineExtremes>;

export interface LineOverviewProps {
  /** Name of the dataset. */
  title: string;
  /** Number of points of the whole line. */
  length: number;
  read: ReadLine;
  trans: TranslationBundle;
  onFailed: () => void;
}

/** A long line by its extremes, in more detail where one zooms in. */
export default function LineOverview(props: LineOverviewProps) {
  const { title, length, read, trans, onFailed } = props;
  const [whole, setWhole] = useState<Points | null>(null);
  const [detail, setDetail] = useState<Points | null>(null);
  const [range, setRange] = useState<Domain>([0, length]);

  useEffect(() => {
    const stop = new AbortController();
    read([0, length], PARTS, stop.signal).then(
      (extremes) => setWhole(toPoints(extremes)),
      () => {
        if (!stop.signal.aborted) {
          onFailed();
        }
      },
    );
    return () => stop.abort();
  }, [read, length, onFailed]);

  const [first, last] = range;
  useEffect(() => {
    const from = Math.max(0, Math.floor(first));
    const to = Math.min(length, Math.ceil(last) + 1);
    const stop = new AbortController();
    const timer = setTimeout(() => {
      if (to - from < length) {
        read([from, to], PARTS, stop.signal).then(
          (extremes) => setDetail(toPoints(extremes)),
          () => undefined, // What is there stays.
        );
      }
    }, CALM);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [read, length, first, last]);

  const domain = useMemo(() => whole && domainOf(whole.y), [whole]);
  const points = useMemo(
    () => whole && withDetail(whole, detail),
    [whole, detail],
  );
  if (points === null || domain === null) {
    return <p role="status">{trans.__('Reading an overview …')}</p>;
  }
  return (
    <LineVis
      className="bt-LineOverview"
      title={title}
      dataArray={ndarray(points.y)}
      domain={domain}
      abscissaParams={{ value: points.x, label: trans.__('Index') }}
    >
      <Follow onRange={setRange} />
    </LineVis>
  );
}

/** Tells which stretch of the line is in sight. */
function Follow({ onRange }: { onRange: (range: Domain) => void }): null {
  const { getVisibleDomains } = useVisCanvasContext();
  const [from, to] = useCameraState(
    (camera) => getVisibleDomains(camera).xVisibleDomain,
    [getVisibleDomains],
    (a, b) => a[0] === b[0] && a[1] === b[1],
  );
  useEffect(() => onRange([from, to]), [onRange, from, to]);
  return null;
}
