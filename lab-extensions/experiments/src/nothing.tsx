import type { TranslationBundle } from '@jupyterlab/translation';
import type { ExperimentList } from './list.js';
import { narrowings, without, type Narrowing, type Wish } from './wish.js';

/** Why there is nothing to see, and each filter that could be dropped. */
export function Nothing({
  list,
  trans,
}: {
  list: ExperimentList;
  trans: TranslationBundle;
}) {
  const { wish } = list;
  const text = list.text.trim();
  const set = narrowings(wish);
  const onlyMine = set.join() === 'scope' && wish.query.scope === 'mine';
  if (text === '' && (set.length === 0 || onlyMine)) {
    return (
      <div className="bt-Empty">
        <h2>{trans.__('No experiments yet')}</h2>
        <p>
          {trans.__(
            'You see an experiment here when you are on the team of its proposal. Ask the main proposer or the user office to add you; it takes effect at once.',
          )}
        </p>
        {onlyMine && (
          <button
            className="bt-Button bt-mod-strong"
            onClick={() =>
              list.show({ ...wish, query: { ...wish.query, scope: 'public' } })
            }
          >
            {trans.__('Look at open data')}
          </button>
        )}
        <button className="bt-Button" onClick={() => void list.refresh()}>
          {trans.__('Look again')}
        </button>
      </div>
    );
  }
  return (
    <div className="bt-Empty">
      <h2>
        {text === ''
          ? trans.__('Nothing is so')
          : trans.__('Nothing for “%1”', text)}
      </h2>
      <p>
        {set.length === 0
          ? trans.__('among the experiments that you may see.')
          : trans.__(
              'among: %1.',
              set.map((which) => nameOf(which, wish, trans)).join(', '),
            )}
        {wish.only === 'favourites' &&
          ` ${trans.__('The star of an experiment, or the key F, makes it a favourite.')}`}
      </p>
      {set.map((which) => (
        <button
          key={which}
          className="bt-Button"
          onClick={() => list.show(without(wish, which))}
        >
          {widerOf(which, wish, trans)}
        </button>
      ))}
      {text !== '' && (
        <button className="bt-Button" onClick={() => list.search('')}>
          {trans.__('Forget “%1”', text)}
        </button>
      )}
    </div>
  );
}

function nameOf(
  which: Narrowing,
  { query, only }: Wish,
  trans: TranslationBundle,
) {
  switch (which) {
    case 'instruments':
      return (query.instruments ?? []).join(', ');
    case 'when':
      return query.cycle ?? query.from?.slice(0, 4) ?? trans.__('a time');
    case 'only':
      return only === 'recent'
        ? trans.__('those opened last')
        : trans.__('your favourites');
    case 'scope':
      return {
        all: '',
        mine: trans.__('your experiments'),
        public: trans.__('open data'),
        embargoed: trans.__('data under embargo'),
        instrument: trans.__('those of your instruments'),
      }[query.scope ?? 'all'];
  }
}

function widerOf(which: Narrowing, { query }: Wish, trans: TranslationBundle) {
  switch (which) {
    case 'instruments':
      return trans.__('Search all instruments');
    case 'when':
      return trans.__('Search all times');
    case 'only':
      return trans.__('Search all experiments');
    case 'scope':
      return query.scope === 'mine'
        ? trans.__('Search others’ and open data too')
        : trans.__('Search all that you may see');
  }
}
