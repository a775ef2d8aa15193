import type { ExperimentQuery } from '@beamtime/contract';
import { refreshIcon, type LabIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { cardsIcon, tableIcon } from './icons.js';
import type { ExperimentList } from './list.js';

type Sorting = Required<Pick<ExperimentQuery, 'sort' | 'order'>>;

/** In which order, as what, and again. */
export function SortBar({
  list,
  trans,
}: {
  list: ExperimentList;
  trans: TranslationBundle;
}) {
  const { wish } = list;
  const { sort = 'start' } = wish.query;
  const { order = sort === 'start' ? 'desc' : 'asc' } = wish.query;
  const sortings = sortingsOf(trans);
  return (
    <div className="bt-Sortbar">
      <select
        className="bt-Sortbar-order"
        aria-label={trans.__('Order')}
        value={`${sort} ${order}`}
        onChange={({ target }) => {
          const chosen = sortings.find(
            ([each]) => `${each.sort} ${each.order}` === target.value,
          );
          if (chosen) {
            list.show({ ...wish, query: { ...wish.query, ...chosen[0] } });
          }
        }}
      >
        {sortings.map(([each, label]) => (
          <option
            key={label}
            value={`${String(each.sort)} ${String(each.order)}`}
          >
            {label}
          </option>
        ))}
      </select>
      <IconButton
        icon={cardsIcon}
        label={trans.__('As cards')}
        pressed={wish.layout === 'cards'}
        onClick={() => list.show({ ...wish, layout: 'cards' })}
      />
      <IconButton
        icon={tableIcon}
        label={trans.__('As a table')}
        pressed={wish.layout === 'table'}
        onClick={() => list.show({ ...wish, layout: 'table' })}
      />
      <IconButton
        icon={refreshIcon}
        label={trans.__('Refresh')}
        onClick={() => void list.refresh()}
      />
    </div>
  );
}

function sortingsOf(trans: TranslationBundle): [Sorting, string][] {
  return [
    [{ sort: 'start', order: 'desc' }, trans.__('Newest first')],
    [{ sort: 'start', order: 'asc' }, trans.__('Oldest first')],
    [{ sort: 'proposal', order: 'asc' }, trans.__('By number')],
    [{ sort: 'title', order: 'asc' }, trans.__('By title')],
  ];
}

/** A button of which the icon says it all; `pressed` makes it a switch. */
export function IconButton({
  icon,
  label,
  pressed,
  onClick,
}: {
  icon: LabIcon;
  label: string;
  pressed?: boolean;
  onClick: () => void;
}) {
  return (
    <button
      className="bt-IconButton"
      title={label}
      aria-label={label}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      onClick={onClick}
    >
      <icon.react tag="span" />
    </button>
  );
}
