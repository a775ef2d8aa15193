import type { ExperimentPage } from '@beamtime/contract';
import type { Ref } from 'react';
import { Cards } from './cards.js';
import { formatTime } from './format.js';
import { groupRows } from './groups.js';
import type { ExperimentList } from './list.js';
import { Notice, Skeleton } from './notice.js';
import type { ISessionExperiments } from './tokens.js';
import type { Words } from './words.js';

export interface ListProps {
  list: ExperimentList;
  session: ISessionExperiments;
  words: Words;
  onOpen: (key: string) => void;
}

/** The list in whatever state it is: its notices, its cards or why there are none. */
export function ListView({
  list,
  session,
  words,
  onOpen,
  nodeRef,
}: ListProps & { nodeRef: Ref<HTMLDivElement> }) {
  const { trans } = words;
  const { state } = list;
  const again = {
    label: trans.__('Try again'),
    run: () => void list.refresh(),
  };
  const page = state.kind === 'loading' ? null : state.page;
  const groups = groupRows(
    page?.items ?? [],
    session.links,
    list.text.trim() !== '',
  );
  return (
    <>
      {state.kind === 'failed' && (
        <Notice kind="error" action={again}>
          {state.error.message} {page && asOf(page, words)}
        </Notice>
      )}
      {page?.problems.map(({ source, label, message }) => (
        <Notice key={source} kind="warning" action={again}>
          <strong>
            {trans.__('Experiments of %1 may be missing.', label)}
          </strong>{' '}
          {message}
        </Notice>
      ))}
      {session.problems.map((problem) => (
        <Notice key={problem} kind="warning">
          {problem}
        </Notice>
      ))}
      {state.kind === 'loading' && groups.length === 0 && (
        <Skeleton
          lines={6}
          waitingFor={trans.__(
            'Asking for your experiments… You can go on working.',
          )}
        />
      )}
      {groups.length > 0 && (
        <Cards
          groups={groups}
          words={words}
          onOpen={onOpen}
          nodeRef={nodeRef}
        />
      )}
      {state.kind === 'loaded' && groups.length === 0 && (
        <Nothing list={list} words={words} />
      )}
      {state.kind === 'failed' && (
        <p className="bt-Hint">
          {trans.__(
            'Files, notebooks and the viewer do not need this service.',
          )}
        </p>
      )}
      {state.kind === 'loaded' && state.page.next !== undefined && (
        <button
          className="bt-Button"
          disabled={list.waiting}
          onClick={() => void list.more()}
        >
          {trans.__('Show more')}
        </button>
      )}
    </>
  );
}

function asOf({ asOf }: ExperimentPage, { trans, locale }: Words): string {
  return trans.__('Shown: what it said at %1.', formatTime(locale, asOf));
}

function Nothing({
  list,
  words: { trans },
}: Pick<ListProps, 'list' | 'words'>) {
  const text = list.text.trim();
  return text === '' ? (
    <div className="bt-Empty">
      <h2>{trans.__('No experiments yet')}</h2>
      <p>
        {trans.__(
          'You see an experiment here when you are on the team of its proposal. Ask the main proposer or the user office to add you; it takes effect at once.',
        )}
      </p>
      <button className="bt-Button" onClick={() => void list.refresh()}>
        {trans.__('Look again')}
      </button>
    </div>
  ) : (
    <div className="bt-Empty">
      <h2>{trans.__('Nothing for “%1”', text)}</h2>
      <p>{trans.__('among the experiments that you may see.')}</p>
      <button className="bt-Button" onClick={() => list.search('')}>
        {trans.__('Show all')}
      </button>
    </div>
  );
}
