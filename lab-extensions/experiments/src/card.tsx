import { formatDates } from './format.js';
import type { Row } from './groups.js';
import { starIcon } from './icons.js';
import type { Words } from './words.js';

/** One experiment in the list: number, instrument, two lines of title, dates; or one line. */
export function Card({
  row,
  favourite,
  layout,
  words,
  onFavourite,
}: {
  row: Row;
  favourite: boolean;
  layout: 'cards' | 'table';
  words: Words;
  onFavourite: () => void;
}) {
  const { trans, locale } = words;
  const { experiment } = row;
  const dates = formatDates(locale, experiment?.start, experiment?.end);
  const star = (
    // For the mouse; the key and the menu are those of the list.
    <span
      className={`bt-Star ${favourite ? 'bt-mod-on' : ''}`}
      title={
        favourite
          ? trans.__('A favourite: click to unmark (F)')
          : trans.__('Mark as a favourite (F)')
      }
      onClick={(event) => {
        event.stopPropagation();
        onFavourite();
      }}
    >
      <starIcon.react tag="span" />
      {favourite && (
        <span className="bt-Hidden">{trans.__('a favourite')}</span>
      )}
    </span>
  );
  const head = (
    <>
      <strong>{row.name}</strong>
      {experiment && (
        <span className="bt-Badge">{experiment.instrument.name}</span>
      )}
    </>
  );
  if (layout === 'table') {
    return (
      <>
        {head}
        <span className="bt-Row-title" title={row.title}>
          {row.title}
        </span>
        <span className="bt-Card-facts">{dates}</span>
        {star}
      </>
    );
  }
  const facts = [dates, dataOf(row, words)].filter((fact) => fact !== '');
  const tag = tagOf(row, words);
  return (
    <>
      <div className="bt-Card-head">
        {head}
        {tag !== '' && <span className="bt-Badge bt-mod-quiet">{tag}</span>}
        {star}
      </div>
      <div className="bt-Card-title" title={row.title}>
        {row.title}
      </div>
      {facts.length > 0 && (
        <div className="bt-Card-facts">{facts.join(' · ')}</div>
      )}
    </>
  );
}

function dataOf({ experiment }: Row, { trans }: Words): string {
  const count = experiment?.datasetCount;
  switch (count) {
    case undefined:
      return '';
    case 0:
      return trans.__('no data yet');
    default:
      return trans._n('%1 dataset', '%1 datasets', count);
  }
}

const DAY_MS = 86_400_000;

/** What sets it apart: not begun yet, or open to everybody. */
function tagOf({ experiment }: Row, { trans }: Words): string {
  const days = Math.ceil(
    (Date.parse(experiment?.start ?? '') - Date.now()) / DAY_MS,
  );
  return days > 0
    ? trans._n('starts in %1 day', 'starts in %1 days', days)
    : experiment?.visibility === 'public'
      ? trans.__('open data')
      : '';
}
