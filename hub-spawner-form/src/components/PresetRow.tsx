/** @jsxImportSource preact */
import type { Preset } from '@beamtime/contract';
import { useState } from 'preact/hooks';
import { TextInput } from './inputs.js';
import { useTools } from './tools.js';

interface Props {
  preset: Preset;
  onFill: () => void;
}

/** A preset in the list: takes its choices over, or is renamed or deleted. */
export function PresetRow({ preset, onFill }: Props) {
  const { presets } = useTools();
  const { name } = preset;
  const [doing, setDoing] = useState<'nothing' | 'renaming' | 'deleting'>(
    'nothing',
  );
  const [newName, setNewName] = useState(name);
  const rename = async () => {
    const wanted = newName.trim();
    if (wanted === name || wanted === '') {
      setDoing('nothing');
    } else if (await presets.rename(preset, wanted)) {
      setDoing('nothing');
    }
  };
  if (doing === 'renaming') {
    return (
      <li class="bt-row">
        <TextInput
          aria-label={`New name of ${name}`}
          value={newName}
          onInput={setNewName}
        />
        <button
          type="button"
          class="bt-button bt-slim"
          onClick={() => void rename()}
        >
          Rename
        </button>
        <button
          type="button"
          class="bt-button bt-slim"
          onClick={() => setDoing('nothing')}
        >
          Cancel
        </button>
      </li>
    );
  }
  if (doing === 'deleting') {
    return (
      <li class="bt-row">
        <span>Delete “{name}”?</span>
        <button
          type="button"
          class="bt-button bt-slim"
          onClick={() => void presets.forget(name)}
        >
          Delete
        </button>
        <button
          type="button"
          class="bt-button bt-slim"
          onClick={() => setDoing('nothing')}
        >
          Keep
        </button>
      </li>
    );
  }
  return (
    <li class="bt-row">
      <button type="button" class="bt-item" onClick={onFill}>
        {name}
      </button>
      <button
        type="button"
        class="bt-button bt-slim"
        aria-label={`Rename ${name}`}
        onClick={() => setDoing('renaming')}
      >
        Rename
      </button>
      <button
        type="button"
        class="bt-button bt-slim"
        aria-label={`Delete ${name}…`}
        onClick={() => setDoing('deleting')}
      >
        Delete…
      </button>
    </li>
  );
}
