/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { queryOf } from '../model/wish.js';
import { Icon } from './Icon.js';
import { TextInput } from './inputs.js';
import { type PartProps, useTools } from './tools.js';
import { useValue } from './use-value.js';

/** Keeps the choices under a name, or in a link for a colleague. */
export function UseAgain({ state }: PartProps) {
  const { presets, linkTo } = useTools();
  const { busy, note, failed, at } = useValue(presets);
  const [name, setName] = useState<string | null>(null);
  const [link, setLink] = useState('');
  const taken = state.form.presets.some(
    (preset) => preset.name === name?.trim(),
  );
  const save = async () => {
    const wanted = name?.trim() ?? '';
    if (wanted !== '' && !busy && (await presets.save(wanted))) {
      setName(null);
    }
  };
  const copy = async () => {
    const address = linkTo(queryOf(state.request));
    try {
      await navigator.clipboard.writeText(address);
      setLink('The link is copied.');
    } catch {
      setLink(address);
    }
  };
  return (
    <section class="bt-card" aria-labelledby="bt-again-title">
      <h2 id="bt-again-title">Use this again</h2>
      <p class="bt-small bt-muted">
        A preset keeps these choices under a name, but never a reservation. A
        link gives them to a colleague, who still has to press Start.
      </p>
      {name === null ? (
        <p class="bt-row">
          <button
            type="button"
            class="bt-button bt-slim"
            onClick={() => setName('')}
          >
            Save as preset…
          </button>
          <button
            type="button"
            class="bt-button bt-slim"
            onClick={() => void copy()}
          >
            <Icon name="link" /> Copy link
          </button>
        </p>
      ) : (
        <div
          class="bt-row"
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
              void save();
            } else if (event.key === 'Escape') {
              setName(null);
            }
          }}
        >
          <label class="bt-below">
            Name of the preset
            <TextInput value={name} onInput={setName} class="bt-wide" />
          </label>
          <button
            type="button"
            class="bt-button bt-slim"
            onClick={() => void save()}
          >
            {taken ? 'Replace' : 'Save'}
          </button>
          <button
            type="button"
            class="bt-button bt-slim"
            onClick={() => setName(null)}
          >
            Cancel
          </button>
        </div>
      )}
      <p
        class={failed ? 'bt-small bt-failed' : 'bt-small bt-muted'}
        role="status"
      >
        {[at === 'card' && note, link].filter(Boolean).join(' ')}
      </p>
    </section>
  );
}
