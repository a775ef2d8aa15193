/** @jsxImportSource preact */
import { experimentKey, type Experiment } from '@beamtime/contract';
import { useEffect, useRef } from 'preact/hooks';
import type { SearchState } from '../model/experiment-search.js';
import { experimentDates } from '../model/words.js';
import { Icon } from './Icon.js';
import { Marked } from './Marked.js';

export const LIST_ID = 'bt-experiment-list';
export const optionId = (row: number) => `bt-experiment-${row}`;

interface Props extends SearchState {
  chosen: readonly string[];
  active: number;
  onChoose: (row: number) => void;
}

/** What the search box offers, and below it what may be missing. */
export function ExperimentList(props: Props) {
  const { text, found, asking, more, notes, chosen, active, onChoose } = props;
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const row: Element | undefined = list.current?.children[active];
    row?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const row = (index: number, selected: boolean) => ({
    id: optionId(index),
    role: 'option' as const,
    'aria-selected': selected,
    'data-active': index === active || undefined,
    onClick: () => onChoose(index),
  });
  const status = asking
    ? 'Searching…'
    : found.length === 0
      ? text === ''
        ? 'There is no experiment in your name yet.'
        : `Nothing found for “${text.trim()}”.`
      : more
        ? 'There are more: write a few letters of what you look for.'
        : '';
  return (
    // The box keeps the focus: a press here must not take it away.
    <div class="bt-results" onMouseDown={(event) => event.preventDefault()}>
      <ul
        id={LIST_ID}
        role="listbox"
        aria-label="Experiments"
        aria-multiselectable="true"
        ref={list}
      >
        {found.map((experiment, index) => {
          const key = experimentKey(experiment.ref);
          return (
            <li key={key} {...row(index, chosen.includes(key))}>
              <Row
                experiment={experiment}
                text={text}
                selected={chosen.includes(key)}
              />
            </li>
          );
        })}
        <li class="bt-none" {...row(found.length, chosen.length === 0)}>
          <span>
            No experiment{' '}
            <span class="bt-muted">
              – only my own files, for training or tests
            </span>
          </span>
        </li>
      </ul>
      <div class="bt-notes bt-small" role="status">
        {[status, ...notes].filter(Boolean).map((note) => (
          <p key={note}>{note}</p>
        ))}
      </div>
    </div>
  );
}

function Row({
  experiment,
  text,
  selected,
}: {
  experiment: Experiment;
  text: string;
  selected: boolean;
}) {
  const { proposal, title, instrument, visibility } = experiment;
  const dates = experimentDates(experiment);
  return (
    <>
      <b>
        <Marked text={proposal} words={text} />
      </b>
      <span>
        <Marked text={title} words={text} />
        {visibility === 'public' && <span class="bt-badge">open data</span>}
        {selected && <Icon name="tick" />}
      </span>
      <span class="bt-muted bt-small">
        {[instrument.name, dates].filter(Boolean).join(' · ')}
      </span>
    </>
  );
}
