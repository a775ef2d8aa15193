/** @jsxImportSource preact */
import { experimentKey } from '@beamtime/contract';
import { useRef } from 'preact/hooks';
import { Chips } from './Chips.js';
import { Icon } from './Icon.js';
import { ExperimentList, LIST_ID, optionId } from './ExperimentList.js';
import { type PartProps, useTools } from './tools.js';
import { useListbox } from './use-listbox.js';
import { useValue } from './use-value.js';

interface Props extends PartProps {
  /** Id of the element that names it. */
  labelledBy: string;
}

/** A search box for experiments; the chosen ones stand above it as chips. */
export function ExperimentPicker({ state, labelledBy }: Props) {
  const { store, search } = useTools();
  const { text, found, ...rest } = useValue(search);
  const input = useRef<HTMLInputElement>(null);
  const chosen = state.choice.experiments;
  const choose = (row: number) => {
    const experiment = found[row];
    const key = experiment && experimentKey(experiment.ref);
    if (key === undefined) {
      store.change('experiments', { experiments: [] });
    } else if (chosen.includes(key)) {
      store.removeExperiment(key);
    } else {
      store.addExperiment(key);
    }
    search.search('');
    list.close();
  };
  // The last row is "No experiment".
  const list = useListbox(found.length + 1, choose);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) {
      return;
    }
    if (list.onKey(event.key)) {
      event.preventDefault();
    } else if (event.key === 'Backspace' && text === '') {
      const last = chosen.at(-1);
      if (last !== undefined) {
        store.removeExperiment(last);
      }
    }
  };
  return (
    <>
      <Chips
        keys={chosen}
        search={search}
        onRemove={(key) => {
          store.removeExperiment(key);
          input.current?.focus();
        }}
      />
      <div class="bt-combo">
        <Icon name="search" />
        <input
          ref={input}
          type="text"
          role="combobox"
          autocomplete="off"
          spellcheck={false}
          placeholder={
            chosen.length === 0
              ? 'Search by proposal, title or person'
              : 'Add another'
          }
          aria-labelledby={labelledBy}
          aria-autocomplete="list"
          aria-expanded={list.open}
          aria-controls={list.open ? LIST_ID : undefined}
          aria-activedescendant={
            list.active >= 0 ? optionId(list.active) : undefined
          }
          aria-invalid={state.problems.experiments.length > 0 || undefined}
          value={text}
          onInput={(event) => {
            const typed = event.currentTarget.value;
            search.search(typed);
            list.show(typed.trim() === '' ? -1 : 0);
          }}
          onClick={() => !list.open && list.show(-1)}
          onKeyDown={onKeyDown}
          onBlur={list.close}
        />
        {list.open && (
          <ExperimentList
            text={text}
            found={found}
            {...rest}
            chosen={chosen}
            active={list.active}
            onChoose={choose}
          />
        )}
      </div>
    </>
  );
}
