import type { KeyboardEvent, MutableRefObject, RefObject } from 'react';
import { FilterBar } from './filterbar.js';
import { formatTime } from './format.js';
import type { ExperimentList } from './list.js';
import { ListView, type ListProps } from './listview.js';
import { SortBar } from './sortbar.js';
import type { Words } from './words.js';

/** Search and filters on top, the list below, how many and how old at the bottom. */
export function PanelView({
  search,
  cards,
  ...props
}: ListProps & {
  search: RefObject<HTMLInputElement>;
  cards: MutableRefObject<HTMLDivElement | null>;
}) {
  const { list, words } = props;
  const { trans } = words;
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, target } = event;
    const inSearch = target === search.current;
    const find = (event.ctrlKey || event.metaKey) && key.toLowerCase() === 'f';
    if (find || (key === '/' && !inSearch)) {
      search.current?.focus();
      search.current?.select();
    } else if (inSearch && (key === 'ArrowDown' || key === 'Enter')) {
      cards.current?.focus();
    } else if (key === 'Escape' && inSearch && list.text !== '') {
      list.search('');
    } else {
      return;
    }
    event.preventDefault();
  };
  return (
    <div className="bt-Panel-body" onKeyDown={onKeyDown}>
      <div className="bt-Panel-head">
        <input
          ref={search}
          className="bt-Input"
          type="search"
          maxLength={200}
          placeholder={trans.__('Number, title, person, sample, DOI')}
          aria-label={trans.__('Search experiments')}
          title={trans.__('Press / to search')}
          value={list.text}
          onChange={({ target }) => list.search(target.value)}
        />
        <FilterBar list={list} trans={trans} />
        <SortBar list={list} trans={trans} />
      </div>
      <div className="bt-Panel-list">
        <ListView {...props} nodeRef={cards} />
      </div>
      <PanelFooter list={list} words={words} />
    </div>
  );
}

function PanelFooter({ list, words }: { list: ExperimentList; words: Words }) {
  const { trans, locale } = words;
  const { state, total, experiments } = list;
  const page = state.kind === 'loading' ? null : state.page;
  const count =
    total === undefined
      ? trans._n(
          '%1 experiment and more',
          '%1 experiments and more',
          experiments.length,
        )
      : trans._n('%1 experiment', '%1 experiments', total);
  return (
    <div className="bt-Panel-footer" role="status">
      {list.waiting
        ? trans.__('Asking…')
        : page && `${count} · ${formatTime(locale, page.asOf)}`}
    </div>
  );
}
