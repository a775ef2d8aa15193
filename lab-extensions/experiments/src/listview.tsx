import { useMemo, useCallback, type MutableRefObject } from 'react';
import { Away } from './away.js';
import { Cards } from './cards.js';
import { formatTime } from './format.js';
import { groupRows } from './groups.js';
import type { CardActions } from './insight.js';
import type { ExperimentList } from './list.js';
import { Notice, Skeleton } from './notice.js';
import { Nothing } from './nothing.js';
import { Problems } from './problems.js';
import type { IExperimentMarks, ISessionExperiments } from './tokens.js';
import type { Words } from './words.js';

export interface ListProps {
  list: ExperimentList;
  session: ISessionExperiments;
  marks: IExperimentMarks;
  words: Words;
  actions: CardActions;
}

/** The list in whatever state it is: its notices, its cards or why there are none. */
export function ListView({
  list,
  session,
  marks,
  words,
  actions,
  nodeRef,
}: ListProps & { nodeRef: MutableRefObject<HTMLDivElement | null> }) {
  const { trans } = words;
  const { state, wish, experiments, recent } = list;
  const { links } = session;
  const { sort = 'start' } = wish.query;
  const whole = list.isWhole;
  const byDate = sort === 'start' && wish.only !== 'recent';
  const groups = useMemo(
    () => groupRows({ experiments, recent, links, whole, byDate }),
    // `recent` is made anew each time; what is in it changes with these.
    [experiments, recent.map(({ ref }) => ref.id).join(), links, whole, byDate],
  );
  const again = () => void list.refresh();
  const onMore = useCallback(() => void list.more(), [list]);
  return (
    <>
      <Notices {...{ list, session, words, again }} />
      {groups.length > 0 ? (
        <Cards
          groups={groups}
          favourites={marks.favourites}
          layout={wish.layout}
          total={list.total}
          hasMore={list.hasMore}
          words={words}
          actions={actions}
          nodeRef={nodeRef}
          onMore={onMore}
        />
      ) : list.waiting ? (
        <Skeleton
          lines={6}
          waitingFor={trans.__(
            'Asking for your experiments… You can go on working.',
          )}
        />
      ) : (
        state.kind === 'loaded' && <Nothing list={list} trans={trans} />
      )}
      {state.kind === 'failed' && (
        <p className="bt-Hint">
          {trans.__(
            'Files, notebooks and the viewer do not need this service.',
          )}
        </p>
      )}
    </>
  );
}

function Notices({
  list: { state, failures },
  session,
  words,
  again,
}: Pick<ListProps, 'list' | 'session' | 'words'> & { again: () => void }) {
  const { trans, locale } = words;
  const page = state.kind === 'loading' ? null : state.page;
  const problems = page?.problems ?? [];
  return state.kind !== 'failed' &&
    problems.length + session.problems.length === 0 ? null : (
    <div className="bt-Panel-notices">
      {state.kind === 'failed' && (
        <Away {...{ error: state.error, failures, trans, onAgain: again }}>
          {page &&
            trans.__(
              'Shown: what it said at %1.',
              formatTime(locale, page.asOf),
            )}
        </Away>
      )}
      <Problems problems={problems} words={words} onAgain={again} />
      {session.problems.map((problem) => (
        <Notice key={problem} kind="warning">
          {problem}
        </Notice>
      ))}
    </div>
  );
}
