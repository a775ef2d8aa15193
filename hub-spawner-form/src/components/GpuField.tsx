/** @jsxImportSource preact */
import { limitsOf } from '@beamtime/contract';
import { findPartition } from '../model/choice.js';
import { placeOf } from '../model/place.js';
import { isFreeNow } from '../model/shares.js';
import { Field } from './Field.js';
import { Segments } from './Segments.js';
import { type PartProps, useTools } from './tools.js';

/** Up to this many are offered one by one, more in doubles. */
const ONE_BY_ONE = 4;

/** Numbers of GPUs to choose from; `asked` is among them even if there are fewer. */
export function gpuCounts(most: number, asked: number): number[] {
  const counts = new Set([0, asked, most]);
  for (
    let number = 1;
    number <= most;
    number += number < ONE_BY_ONE ? 1 : number
  ) {
    counts.add(number);
  }
  return [...counts].sort((a, b) => a - b);
}

/** How many GPUs, and of which type where there is more than one. Nothing where there is none. */
export function GpuField({ state }: PartProps) {
  const { store } = useTools();
  const { form, choice } = state;
  const partition = findPartition(form, choice.partition);
  const { number, type } = choice.gpus;
  if (!partition) {
    return null;
  }
  const limits = limitsOf(partition);
  if (limits.gpusOfAnyType === 0 && number === 0) {
    return null;
  }
  const { gpuTypes, gpus } = placeOf(partition);
  const types = [
    { type: '', ...gpus },
    ...gpuTypes.filter((gpu) => gpu.type !== ''),
    // A type that is not here is shown all the same, with the reason below.
    ...(type === '' || limits.gpus.has(type)
      ? []
      : [{ type, idle: 0, total: 0 }]),
  ];
  const most =
    type === '' ? limits.gpusOfAnyType : (limits.gpus.get(type) ?? 0);
  return (
    <Field name="gpus" role="group" hint="on one machine" state={state}>
      <div class="bt-pair">
        {types.length > 2 && (
          <div role="radiogroup" aria-label="Type of GPU">
            <Segments
              name="bt-gpu-type"
              segments={types.map((gpu) => ({
                key: gpu.type,
                value: gpu.type,
                title: gpu.type || 'Any type',
                detail: `${gpu.idle} of ${gpu.total} free`,
              }))}
              chosen={type}
              onChoose={(chosen) =>
                // Who picks a type wants at least one of it.
                store.change('gpus', {
                  gpus: {
                    type: chosen,
                    number: Math.min(
                      Math.max(number, 1),
                      chosen === ''
                        ? limits.gpusOfAnyType
                        : (limits.gpus.get(chosen) ?? 0),
                    ),
                  },
                })
              }
            />
          </div>
        )}
        <div role="radiogroup" aria-label="Number of GPUs">
          <Segments
            name="bt-gpu-number"
            narrow
            segments={gpuCounts(most, number).map((value) => ({
              key: String(value),
              value,
              title: value === 0 ? 'None' : String(value),
              detail:
                value > 0 && isFreeNow(partition, 1, { type, number: value })
                  ? undefined
                  : value > 0 && 'must wait',
            }))}
            chosen={String(number)}
            onChoose={(value) =>
              store.change('gpus', { gpus: { type, number: value } })
            }
          />
        </div>
      </div>
    </Field>
  );
}
