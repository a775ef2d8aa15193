import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useState, type KeyboardEvent, type Ref } from 'react';
import { Card } from './card.js';
import type { Group } from './groups.js';
import { moved } from './keyboard.js';
import type { Words } from './words.js';

/** The cards under their headings. Arrows, Home, End and the page keys move, Enter opens. */
export function Cards({
  groups,
  words,
  onOpen,
  nodeRef,
}: {
  groups: readonly Group[];
  words: Words;
  onOpen: (key: string) => void;
  nodeRef: Ref<HTMLDivElement>;
}) {
  const keys = groups.flatMap(({ rows }) => rows.map(({ key }) => key));
  const [active, setActive] = useState<string | null>(null);
  const id = (key: string) => `bt-card-${encodeURIComponent(key)}`;

  useEffect(() => {
    if (active !== null) {
      document.getElementById(id(active))?.scrollIntoView({ block: 'nearest' });
    }
  }, [active]);

  const onKeyDown = (event: KeyboardEvent) => {
    const index = active === null ? -1 : keys.indexOf(active);
    const to = moved(event.key, index, keys.length);
    if (to !== null) {
      setActive(keys[to] ?? null);
    } else if (event.key === 'Enter' && index >= 0 && active !== null) {
      onOpen(active);
    } else {
      return;
    }
    event.preventDefault();
  };

  return (
    <div
      ref={nodeRef}
      className="bt-Cards"
      role="listbox"
      tabIndex={0}
      aria-label={words.trans.__('Experiments')}
      {...(active !== null && keys.includes(active)
        ? { 'aria-activedescendant': id(active) }
        : {})}
      onKeyDown={onKeyDown}
      onFocus={() => setActive((now) => now ?? keys[0] ?? null)}
    >
      {groups.map(({ heading, rows }) => (
        <div key={heading} role="group" aria-labelledby={`bt-group-${heading}`}>
          <div
            className="bt-Cards-heading"
            id={`bt-group-${heading}`}
            role="presentation"
          >
            <span>{headingOf(heading, words.trans)}</span>
            <span>{rows.length}</span>
          </div>
          {rows.map((row) => (
            <Card
              key={row.key}
              id={id(row.key)}
              row={row}
              active={row.key === active}
              words={words}
              onOpen={() => {
                setActive(row.key);
                onOpen(row.key);
              }}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

function headingOf(heading: Group['heading'], trans: TranslationBundle) {
  switch (heading) {
    case 'session':
      return trans.__('In this session');
    case 'undated':
      return trans.__('Without a date');
    default:
      return String(heading);
  }
}
