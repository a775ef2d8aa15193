import type { VirtualItem } from '@tanstack/react-virtual';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { MouseEvent } from 'react';
import { Card } from './card.js';
import type { Group, Row } from './groups.js';
import type { Words } from './words.js';

/** What can be done with an experiment of the list. */
export interface CardActions {
  open: (key: string) => void;
  add: (key: string) => void;
  favourite: (key: string) => void;
  /** At a place of the window. */
  menu: (key: string, x: number, y: number) => void;
}

/** A line of the list: the heading of a group, or the nth experiment of all, from 1. */
export type Item = { group: number } & (
  { row: Row; nth: number } | { row: null }
);

/** Those lines of a group that are in sight. */
export function InSight({
  group,
  seen,
  isOpen,
  setSize,
  active,
  favourites,
  layout,
  words,
  actions,
  measure,
  setActive,
}: {
  group: Group;
  seen: readonly { seen: VirtualItem; item: Item }[];
  /** Whether more of it may come. */
  isOpen: boolean;
  /** How many experiments there are in all; -1 if nobody knows. */
  setSize: number;
  active: string | null;
  favourites: ReadonlySet<string>;
  layout: 'cards' | 'table';
  words: Words;
  actions: CardActions;
  measure: (node: HTMLElement | null) => void;
  setActive: (key: string) => void;
}) {
  const heading = headingOf(group.heading, words.trans);
  const onContextMenu = (event: MouseEvent, key: string) => {
    event.preventDefault();
    event.stopPropagation();
    setActive(key);
    actions.menu(key, event.clientX, event.clientY);
  };
  return seen.length === 0 ? null : (
    <div role="group" aria-label={heading}>
      {seen.map(({ seen: { index, start }, item }) => {
        const common = {
          'data-index': index,
          ref: measure,
          style: { transform: `translateY(${start}px)` },
        };
        const { row } = item;
        return row === null ? (
          <div
            key="heading"
            {...common}
            className="bt-Cards-heading"
            role="presentation"
          >
            <span>{heading}</span>
            <span>{`${group.rows.length}${isOpen ? '+' : ''}`}</span>
          </div>
        ) : (
          // The list has the focus and takes the keys: see its aria-activedescendant.
          <div
            key={row.key}
            {...common}
            id={idOf(row.key)}
            className={`bt-Card ${row.key === active ? 'bt-mod-active' : ''}`}
            role="option"
            aria-selected={row.key === active}
            aria-posinset={item.nth}
            aria-setsize={setSize}
            data-key={row.key}
            onClick={() => {
              setActive(row.key);
              actions.open(row.key);
            }}
            onContextMenu={(event) => onContextMenu(event, row.key)}
          >
            <Card
              row={row}
              favourite={favourites.has(row.key)}
              layout={layout}
              words={words}
              onFavourite={() => actions.favourite(row.key)}
            />
          </div>
        );
      })}
    </div>
  );
}

/** Of the line of an experiment in the page. */
export const idOf = (key: string) => `bt-card-${encodeURIComponent(key)}`;

function headingOf(heading: Group['heading'], trans: TranslationBundle) {
  switch (heading) {
    case 'session':
      return trans.__('In this session');
    case 'recent':
      return trans.__('Recent');
    case 'undated':
      return trans.__('Without a date');
    case 'found':
      return trans.__('Experiments');
    default:
      return String(heading);
  }
}
