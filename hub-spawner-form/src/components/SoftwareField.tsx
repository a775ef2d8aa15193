/** @jsxImportSource preact */
import type { FormStore, ReadyState } from '../model/form-store.js';
import { Field } from './Field.js';
import { Icon } from './Icon.js';

/** The environments in which a session can start, as tiles. */
export function SoftwareField({
  store,
  state,
}: {
  store: FormStore;
  state: ReadyState;
}) {
  return (
    <Field name="software" problems={state.problems.software}>
      <div class="bt-tiles">
        {state.form.policy.environments.map(({ id, name, description }) => (
          <label class="bt-tile" key={id}>
            <input
              type="radio"
              form=""
              name="bt-software"
              aria-labelledby={`bt-software-${id}`}
              aria-describedby={`bt-software-${id}-more`}
              checked={id === state.choice.environment}
              onChange={() => store.chooseEnvironment(id)}
            />
            <b id={`bt-software-${id}`}>{name}</b>
            <span class="bt-mark">
              <Icon name="tick" />
            </span>
            <span class="bt-muted bt-small" id={`bt-software-${id}-more`}>
              {description}
            </span>
          </label>
        ))}
      </div>
    </Field>
  );
}
