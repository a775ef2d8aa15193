/** @jsxImportSource preact */
import type { Preset } from '@beamtime/contract';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './Icon.js';
import { PresetRow } from './PresetRow.js';
import { type PartProps, useTools } from './tools.js';
import { useValue } from './use-value.js';

const LIST = 'bt-fill-list';

/** Fills the form from the last session or from a preset; presets are renamed and deleted here. */
export function FillFrom({ state }: PartProps) {
  const { store, presets } = useTools();
  const { note, failed, at } = useValue(presets);
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const { last, presets: kept } = state.form;
  useEffect(() => {
    if (!open) {
      return;
    }
    const leave = (event: Event) => {
      if (
        event.target instanceof Node &&
        !place.current?.contains(event.target)
      ) {
        setOpen(false);
      }
    };
    document.addEventListener('pointerdown', leave);
    document.addEventListener('focusin', leave);
    return () => {
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('focusin', leave);
    };
  }, [open]);
  const fill = (request: Preset['request'] | object) => {
    store.fill(request);
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div
      class="bt-fill"
      ref={place}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && open) {
          event.stopPropagation();
          setOpen(false);
          button.current?.focus();
        }
      }}
    >
      <button
        type="button"
        class="bt-button bt-slim"
        ref={button}
        aria-expanded={open}
        aria-controls={open ? LIST : undefined}
        onClick={() => setOpen(!open)}
      >
        Fill from… <Icon name="down" />
      </button>
      {open && (
        <div class="bt-popover" id={LIST}>
          <ul aria-label="Fill the form from">
            {last && (
              <li>
                <button
                  type="button"
                  class="bt-item"
                  onClick={() => fill(last)}
                >
                  Last time
                </button>
              </li>
            )}
            <li>
              <button type="button" class="bt-item" onClick={() => fill({})}>
                What is usual here
              </button>
            </li>
            {kept.map((preset) => (
              <PresetRow
                key={preset.name}
                preset={preset}
                onFill={() => fill(preset.request)}
              />
            ))}
          </ul>
          <p class="bt-small bt-muted">
            {kept.length === 0
              ? 'Your presets will be here: see “Use this again”.'
              : 'A preset never has a reservation in it.'}
          </p>
          <p class={failed ? 'bt-small bt-failed' : 'bt-small'} role="status">
            {at === 'list' && note}
          </p>
        </div>
      )}
    </div>
  );
}
