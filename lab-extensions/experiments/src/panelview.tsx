import type { KeyboardEvent, RefObject } from 'react';
import { formatTime } from './format.js';
import type { ExperimentList } from './list.js';
import { ListView, type ListProps } from './listview.js';
import type { Words } from './words.js';

/** Search on top, the list below, how many and how old at the bottom. */
export function PanelView({
  list,
  session,
  words,
  onOpen,
  search,
  cards,
}: ListProps & {
  search: RefObject<HTMLInputElement>;
  cards: RefObject<HTMLDivElement>;
}) {
  const { trans } = words;
  const onKeyDown = (event: KeyboardEvent) => {
    const inSearch = event.target === search.current;
    if (event.key === '/' && !inSearch) {
      search.current?.focus();
    } else if (event.key === 'ArrowDown' && inSearch) {
      cards.current?.focus();
    } else if (event.key === 'Escape' && inSearch && list.text !== '') {
      list.search('');
    } else {
      return;
    }
    event.preventDefault();
  };
  return (
    <div className="bt-Panel-body" onKeyDown={onKeyDown}>
      <div className="bt-Panel-search">
        <input
          ref={search}
          className="bt-Input"
          type="search"
          maxLength={200}
          placeholder={trans.__('Number, title, person')}
          aria-label={trans.__('Search experiments')}
          title={trans.__('Press / to search')}
          value={list.text}
          onChange={({ target }) => list.search(target.value)}
        />
      </div>
      <div className="bt-Panel-list">
        <ListView {...{ list, session, words, onOpen }} nodeRef={cards} />
      </div>
      <PanelFooter list={list} words={words} />
    </div>
  );
}

function PanelFooter({ list, words }: { list: ExperimentList; words: Words }) {
  const { trans, locale } = words;
  const { state } = list;
  const page = state.kind === 'loaded' ? state.page : null;
  const count = page ? (page.total ?? page.items.length) : 0;
  return (
    <div className="bt-Panel-footer">
      <span role="status">
        {list.waiting
          ? trans.__('Asking…')
          : page &&
            `${trans._n('%1 experiment', '%1 experiments', count)} · ${formatTime(locale, page.asOf)}`}
      </span>
      <button
        className="bt-TextButton"
        disabled={list.waiting}
        onClick={() => void list.refresh()}
      >
        {trans.__('Refresh')}
      </button>
    </div>
  );
}
