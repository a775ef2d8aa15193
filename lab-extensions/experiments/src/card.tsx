import { formatDates } from './format.js';
import type { Row } from './groups.js';
import type { Words } from './words.js';

/** One experiment in the list: number, instrument, two lines of title, dates. */
export function Card({
  row,
  id,
  active,
  words: { trans, locale },
  onOpen,
}: {
  row: Row;
  id: string;
  active: boolean;
  words: Words;
  onOpen: () => void;
}) {
  const facts = [
    formatDates(locale, row.start, row.end),
    row.datasets === undefined
      ? ''
      : trans._n('%1 dataset', '%1 datasets', row.datasets),
  ].filter((fact) => fact !== '');
  return (
    // The list holds the focus and takes the keys; see its aria-activedescendant.
    <div
      id={id}
      className={`bt-Card ${active ? 'bt-mod-active' : ''}`}
      role="option"
      aria-selected={active}
      data-key={row.key}
      onClick={onOpen}
    >
      <div className="bt-Card-head">
        <strong>{row.name}</strong>
        {row.instrument !== undefined && (
          <span className="bt-Badge">{row.instrument}</span>
        )}
      </div>
      <div className="bt-Card-title" title={row.title}>
        {row.title}
      </div>
      {facts.length > 0 && (
        <div className="bt-Card-facts">{facts.join(' · ')}</div>
      )}
    </div>
  );
}
