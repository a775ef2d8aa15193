import {
  defaultRangeExtractor,
  useVirtualizer,
  type Range,
} from '@tanstack/react-virtual';
import {
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MutableRefObject,
} from 'react';
import type { Group } from './groups.js';
import { idOf, InSight, type CardActions, type Item } from './insight.js';
import { actOf, moved } from './keyboard.js';
import type { Words } from './words.js';

/** Lines above and below what is seen that are there already. */
const AHEAD = 6;

/** Lines before the end at which more is asked for. */
const SOON = 40;

/**
 * The experiments under their headings, of which only those in sight are in the page.
 * Arrows, Home, End and the page keys move, Enter opens, Ctrl+Enter adds, F marks.
 */
export function Cards({
  groups,
  favourites,
  layout,
  total,
  hasMore,
  words,
  actions,
  nodeRef,
  onMore,
}: {
  groups: readonly Group[];
  favourites: ReadonlySet<string>;
  layout: 'cards' | 'table';
  /** How many there are, where that is known. */
  total: number | undefined;
  hasMore: boolean;
  words: Words;
  actions: CardActions;
  nodeRef: MutableRefObject<HTMLDivElement | null>;
  onMore: () => void;
}) {
  const { trans } = words;
  const items = useMemo(() => flat(groups), [groups]);
  const rows = useMemo(
    () => items.flatMap((item, index) => (item.row ? [{ item, index }] : [])),
    [items],
  );
  const [active, setActive] = useState<string | null>(null);
  const place = rows.findIndex(({ item }) => item.row.key === active);
  const activeIndex = rows[place]?.index;

  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => nodeRef.current,
    estimateSize: (index) =>
      items[index]?.row == null ? 32 : layout === 'table' ? 28 : 80,
    getItemKey: (index) => keyOf(items[index], groups),
    overscan: AHEAD,
    // The active one stays, wherever one scrolls: it is what a screen reader is told of.
    rangeExtractor: (range: Range) => {
      const seen = defaultRangeExtractor(range);
      return activeIndex === undefined || seen.includes(activeIndex)
        ? seen
        : [...seen, activeIndex].sort((a, b) => a - b);
    },
  });
  const inSight = virtual.getVirtualItems();

  const lastSeen = virtual.range?.endIndex ?? 0;
  useEffect(() => {
    if (hasMore && lastSeen >= items.length - SOON) {
      onMore();
    }
  }, [hasMore, lastSeen, items.length, onMore]);

  // Other rows, from their beginning.
  const first = rows[0]?.item.row.key;
  const shown = useRef(first);
  useEffect(() => {
    if (shown.current !== first) {
      shown.current = first;
      virtual.scrollToOffset(0);
    }
  }, [first, virtual]);

  const goTo = (to: number) => {
    const target = rows[to];
    if (target) {
      setActive(target.item.row.key);
      // With the first one its heading comes into sight.
      virtual.scrollToIndex(to === 0 ? 0 : target.index);
    }
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const perPage = Math.max(
      1,
      inSight.length - 2 * AHEAD,
      Math.floor((nodeRef.current?.clientHeight ?? 0) / 80) - 1,
    );
    const to = moved(event.key, place, rows.length, perPage);
    const act = actOf(event);
    if (to !== null) {
      goTo(to);
    } else if (act !== null && active !== null && place >= 0) {
      if (act === 'menu') {
        const { left, bottom } =
          document.getElementById(idOf(active))?.getBoundingClientRect() ??
          event.currentTarget.getBoundingClientRect();
        actions.menu(active, left + 24, bottom - 8);
      } else {
        actions[act](active);
      }
    } else {
      return;
    }
    event.preventDefault();
  };

  return (
    <div
      ref={nodeRef}
      className={`bt-Cards bt-mod-${layout}`}
      role="listbox"
      tabIndex={0}
      aria-label={trans.__('Experiments')}
      {...(active !== null && place >= 0
        ? { 'aria-activedescendant': idOf(active) }
        : {})}
      onKeyDown={onKeyDown}
      onFocus={() => setActive((now) => now ?? first ?? null)}
    >
      <div
        className="bt-Cards-all"
        role="presentation"
        style={{ height: virtual.getTotalSize() }}
      >
        {groups.map((group, index) => (
          <InSight
            key={group.heading}
            group={group}
            isOpen={hasMore && index === groups.length - 1}
            setSize={hasMore ? (total ?? -1) : rows.length}
            seen={inSight.flatMap((seen) => {
              const item = items[seen.index];
              return item?.group === index ? [{ seen, item }] : [];
            })}
            measure={virtual.measureElement}
            {...{ active, favourites, layout, words, actions, setActive }}
          />
        ))}
      </div>
    </div>
  );
}

function keyOf(item: Item | undefined, groups: readonly Group[]): string {
  return item?.row?.key ?? `heading-${groups[item?.group ?? 0]?.heading ?? ''}`;
}

function flat(groups: readonly Group[]): Item[] {
  let nth = 0;
  return groups.flatMap(({ rows }, group): Item[] => [
    { group, row: null },
    ...rows.map((row) => ({ group, row, nth: (nth += 1) })),
  ]);
}
