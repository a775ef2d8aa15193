/** @jsxImportSource preact */
import { OWN } from '../model/choice.js';
import { list } from '../model/words.js';
import { Field } from './Field.js';
import { Icon } from './Icon.js';
import { type PartProps, useTools } from './tools.js';

/** The environments in which a session can start, as tiles. */
export function SoftwareField({ state }: PartProps) {
  const { store } = useTools();
  const { form, choice } = state;
  const tiles = [
    ...form.policy.environments,
    ...(choice.environment === OWN
      ? [
          {
            id: OWN,
            name: choice.ownName || 'My own environment',
            description: choice.ownPath || choice.ownModules,
            icon: undefined,
            partitions: undefined,
          },
        ]
      : []),
  ];
  return (
    <Field name="software" state={state}>
      <div class="bt-tiles">
        {tiles.map(({ id, name, description, icon, partitions }) => (
          <label class="bt-tile bt-software" key={id}>
            <input
              type="radio"
              form=""
              name="bt-software"
              aria-labelledby={`bt-env-${id}`}
              aria-describedby={`bt-env-${id}-more`}
              checked={id === choice.environment}
              onChange={() => store.change('software', { environment: id })}
            />
            <span class="bt-logo">
              {icon ? <img src={icon} alt="" /> : <Icon name="graph" />}
            </span>
            <b id={`bt-env-${id}`}>{name}</b>
            <span class="bt-mark">
              <Icon name="tick" />
            </span>
            <span class="bt-muted bt-small" id={`bt-env-${id}-more`}>
              {description}
              {partitions && !partitions.includes(choice.partition) && (
                <span class="bt-line">
                  <Icon name="shut" /> Only on {list(partitions)}
                </span>
              )}
            </span>
          </label>
        ))}
      </div>
    </Field>
  );
}
