import type { Scope } from '@beamtime/contract';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ExperimentList } from './list.js';
import { within, without, yearOf, type Wish } from './wish.js';

/** The filters as chips that stay in sight: pressed or with a cross is what is set. */
export function FilterBar({
  list,
  trans,
}: {
  list: ExperimentList;
  trans: TranslationBundle;
}) {
  const { wish, choices } = list;
  const { query, only } = wish;
  const { instruments = [] } = query;
  const change = (part: Wish['query']) =>
    list.show({ ...wish, query: { ...query, ...part } });
  const toggle = (scope: Scope) =>
    query.scope === scope
      ? list.show(without(wish, 'scope'))
      : change({ scope });
  const mark = (which: NonNullable<Wish['only']>) =>
    list.show({ ...wish, only: only === which ? null : which });
  const when = query.cycle ?? yearOf(query);
  const setWhen = (to: string | number | null) =>
    list.show({ ...wish, query: within(query, to) });
  const others = choices.instruments.filter(
    ([name]) => !instruments.includes(name),
  );
  return (
    <div className="bt-Chips" role="group" aria-label={trans.__('Show only')}>
      {scopesOf(trans).map(([scope, label]) => (
        <Chip
          key={scope}
          on={query.scope === scope}
          label={label}
          onClick={() => toggle(scope)}
        />
      ))}
      <Chip
        on={only === 'favourites'}
        label={trans.__('Favourites')}
        onClick={() => mark('favourites')}
      />
      <Chip
        on={only === 'recent'}
        label={trans.__('Recent')}
        onClick={() => mark('recent')}
      />
      {instruments.map((name) => {
        const rest = instruments.filter((other) => other !== name);
        return (
          <Dropped
            key={name}
            label={name}
            title={trans.__('Not only %1', name)}
            onClick={() =>
              rest.length === 0
                ? list.show(without(wish, 'instruments'))
                : change({ instruments: rest })
            }
          />
        );
      })}
      {others.length > 0 && instruments.length < 20 && (
        <Choice
          label={trans.__('Instrument')}
          onChoose={(name) => change({ instruments: [...instruments, name] })}
        >
          {others.map(([name, fullName]) => (
            <option key={name} value={name}>
              {fullName === undefined ? name : `${name}, ${fullName}`}
            </option>
          ))}
        </Choice>
      )}
      {when !== null ? (
        <Dropped
          label={String(when)}
          title={trans.__('Not only %1', String(when))}
          onClick={() => setWhen(null)}
        />
      ) : (
        choices.years.length + choices.cycles.length > 0 && (
          <Choice
            label={trans.__('When')}
            onChoose={(value) =>
              setWhen(
                value.startsWith('cycle:') ? value.slice(6) : Number(value),
              )
            }
          >
            <optgroup label={trans.__('Year')}>
              {choices.years.map((year) => (
                <option key={year} value={year}>
                  {year}
                </option>
              ))}
            </optgroup>
            {choices.cycles.length > 0 && (
              <optgroup label={trans.__('Cycle')}>
                {choices.cycles.map((cycle) => (
                  <option key={cycle} value={`cycle:${cycle}`}>
                    {cycle}
                  </option>
                ))}
              </optgroup>
            )}
          </Choice>
        )
      )}
    </div>
  );
}

function scopesOf(trans: TranslationBundle): [Scope, string][] {
  return [
    ['mine', trans.__('Mine')],
    ['public', trans.__('Open data')],
    ['embargoed', trans.__('Embargoed')],
    ['instrument', trans.__('My instruments')],
  ];
}

interface ChipProps {
  label: string;
  onClick: () => void;
}

function Chip({ on, label, onClick }: ChipProps & { on: boolean }) {
  return (
    <button className="bt-Chip" aria-pressed={on} onClick={onClick}>
      {label}
    </button>
  );
}

/** A filter that is set, and goes with a click. */
function Dropped({ label, title, onClick }: ChipProps & { title: string }) {
  return (
    <button
      className="bt-Chip bt-mod-set"
      title={title}
      aria-label={title}
      onClick={onClick}
    >
      {label} <span aria-hidden="true">×</span>
    </button>
  );
}

/** Sets one more value of a filter. The browser's own list: it works with any keys. */
function Choice({
  label,
  onChoose,
  children,
}: {
  label: string;
  onChoose: (value: string) => void;
  children: React.ReactNode;
}) {
  return (
    <select
      className="bt-Chip"
      aria-label={label}
      value=""
      onChange={({ target }) => onChoose(target.value)}
    >
      <option value="" disabled hidden>
        {label}
      </option>
      {children}
    </select>
  );
}
