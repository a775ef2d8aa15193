/** @jsxImportSource preact */
import { experimentName } from '../model/words.js';
import type { ExperimentSearch } from '../model/experiment-search.js';
import { Icon } from './Icon.js';

interface Props {
  keys: readonly string[];
  search: Pick<ExperimentSearch, 'byKey'>;
  onRemove: (key: string) => void;
}

/** The chosen experiments, each with a button that takes it out. */
export function Chips({ keys, search, onRemove }: Props) {
  if (keys.length === 0) {
    return null;
  }
  return (
    <ul class="bt-chips" aria-label="Chosen experiments">
      {keys.map((key) => {
        const experiment = search.byKey(key);
        const name = experimentName(key, experiment);
        return (
          <li class="bt-chip" key={key}>
            <span>
              <b>{name}</b>
              {experiment &&
                ` ${experiment.instrument.name} · ${experiment.title}`}
            </span>
            <button
              type="button"
              aria-label={`Remove ${name}`}
              onClick={() => onRemove(key)}
            >
              <Icon name="close" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
