/** @jsxImportSource preact */
import type { Tab } from '../model/fields.js';
import { type PartProps, useTools } from './tools.js';

const TABS: readonly (readonly [Tab, string])[] = [
  ['simple', 'Simple'],
  ['advanced', 'Advanced'],
];

/** Id of the element that a tab shows. */
export const PANEL = 'bt-panel';
export const tabId = (tab: Tab) => `bt-tab-${tab}`;

/** Simple and Advanced; arrows, Home and End go from one to the other. */
export function Tabs({ state: { tab } }: PartProps) {
  const { store } = useTools();
  const onKeyDown = (event: KeyboardEvent) => {
    const next = {
      ArrowLeft: 'simple',
      Home: 'simple',
      ArrowRight: 'advanced',
      End: 'advanced',
    } as const satisfies Record<string, Tab>;
    const key = Object.entries(next).find(([name]) => name === event.key);
    if (key) {
      event.preventDefault();
      store.showTab(key[1]);
      document.getElementById(tabId(key[1]))?.focus();
    }
  };
  return (
    <div
      class="bt-tabs"
      role="tablist"
      aria-label="How much to choose"
      onKeyDown={onKeyDown}
    >
      {TABS.map(([name, title]) => (
        <button
          type="button"
          role="tab"
          id={tabId(name)}
          key={name}
          aria-selected={name === tab}
          aria-controls={PANEL}
          tabIndex={name === tab ? 0 : -1}
          onClick={() => store.showTab(name)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
