/** @jsxImportSource preact */
import type { Partition } from '@beamtime/contract';
import { closedFor } from '../model/context.js';
import { placeOf } from '../model/place.js';
import { Field } from './Field.js';
import { Icon } from './Icon.js';
import { Meter } from './Meter.js';
import { type PartProps, useTools } from './tools.js';

/** The partitions: open ones as cards, closed ones as slim rows with the reason. */
export function WhereField({ state }: PartProps) {
  const { store } = useTools();
  const { form, choice } = state;
  const all = form.cluster.partitions
    .map((partition) => ({
      partition,
      closed: closedFor(form, choice, partition),
      label: form.policy.partitions[partition.name],
    }))
    .filter(
      ({ partition, label }) =>
        label?.simple !== false || partition.name === choice.partition,
    );
  const [first] = all.filter(({ closed }) => closed === null);
  const instead = first && (first.label?.title ?? first.partition.name);
  const sorted = [
    ...all.filter(({ closed }) => closed === null),
    ...all.filter(({ closed }) => closed !== null),
  ];
  return (
    <Field name="where" state={state}>
      <div class="bt-tiles">
        {sorted.map(({ partition, closed, label }) => {
          const { name } = partition;
          const id = `bt-where-${name}`;
          const title = label?.title ?? name;
          return (
            <label
              class={closed === null ? 'bt-tile' : 'bt-tile bt-closed'}
              key={name}
            >
              <input
                type="radio"
                form=""
                name="bt-where"
                aria-labelledby={label ? `${id} ${id}-name` : id}
                aria-describedby={`${id}-more`}
                checked={name === choice.partition}
                disabled={closed !== null}
                onChange={() => store.choosePartition(name)}
              />
              <b id={id}>{title}</b>
              <span class="bt-mark">
                <Icon name="tick" />
              </span>
              {label && (
                <span class="bt-muted bt-small">
                  <code id={`${id}-name`}>{name}</code>
                  {label.architecture && ` · ${label.architecture}`}
                </span>
              )}
              <span id={`${id}-more`} class="bt-small">
                {closed === null ? (
                  <Card
                    partition={partition}
                    description={label?.description}
                  />
                ) : (
                  <>
                    <Icon name="shut" /> {closed}
                    {instead && ` Use ${instead}.`}
                  </>
                )}
              </span>
            </label>
          );
        })}
      </div>
    </Field>
  );
}

function Card({
  partition,
  description,
}: {
  partition: Partition;
  description: string | undefined;
}) {
  const { cores, gpus, kind } = placeOf(partition);
  return (
    <>
      {description && <span class="bt-line">{description}</span>}
      <span class="bt-line bt-muted">{kind}</span>
      <Meter {...cores} />
      <span class="bt-line">
        {cores.idle === 0
          ? 'No core is free'
          : `${cores.idle} of ${cores.total} cores free`}
        {gpus.total > 0 && `, ${gpus.idle} of ${gpus.total} GPUs`}
      </span>
    </>
  );
}
