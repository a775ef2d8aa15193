/** @jsxImportSource preact */
import {
  formatMemory,
  formatSlurmTime,
  limitsOf,
  parseSlurmTime,
} from '@beamtime/contract';
import { useState } from 'preact/hooks';
import { exactAmount, findPartition } from '../model/choice.js';
import {
  joinMemory,
  MEMORY_UNITS,
  splitMemory,
  type MemoryUnit,
} from '../model/memory-text.js';
import { placeOf } from '../model/place.js';
import { referenceMachine } from '../model/shares.js';
import { endWords } from '../model/words.js';
import { Check, Select, TextInput } from './inputs.js';
import { Line } from './Line.js';
import { type PartProps, useTools } from './tools.js';

/** Cores, memory, GPUs, time, and whether the machine is shared. */
export function AmountLines({ state }: PartProps) {
  const { store } = useTools();
  const { form, choice } = state;
  const partition = findPartition(form, choice.partition);
  const machine = partition && referenceMachine(partition, choice.gpus);
  const amount = exactAmount(form, choice);
  const limit = partition && limitsOf(partition).minutes;
  const minutes = parseSlurmTime(choice.runtime.trim());
  return (
    <>
      <Line name="cores" state={state} hint={machine && `of ${machine.cpus}`}>
        {(control) => (
          <TextInput
            {...control}
            class="bt-short"
            numeric
            value={amount.cpus}
            onInput={(cpus) =>
              store.change('cores', {
                amount: { kind: 'exact', ...amount, cpus },
              })
            }
          />
        )}
      </Line>
      <MemoryLine state={state} />
      <GpuLine state={state} />
      <Line
        name="time"
        state={state}
        hint={[
          'h:mm:ss',
          ...(limit == null ? [] : [`at most ${formatSlurmTime(limit)}`]),
          ...(minutes == null
            ? []
            : [`ends ${endWords(minutes, Date.now())} if it starts now`]),
        ].join(', ')}
      >
        {(control) => (
          <TextInput
            {...control}
            class="bt-short"
            value={choice.runtime}
            onInput={(runtime) => store.change('time', { runtime })}
          />
        )}
      </Line>
      {form.cluster.kind === 'slurm' && (
        <Line name="exclusive" state={state} group>
          {(control) => (
            <Check
              {...control}
              label="Nobody else on this machine"
              checked={choice.exclusive}
              onChange={(exclusive) => store.change('exclusive', { exclusive })}
            />
          )}
        </Line>
      )}
    </>
  );
}

function MemoryLine({ state }: PartProps) {
  const { store } = useTools();
  const { form, choice } = state;
  const partition = findPartition(form, choice.partition);
  const machine = partition && referenceMachine(partition, choice.gpus);
  const perCore = partition?.defaultMemoryMiBPerCpu;
  const amount = exactAmount(form, choice);
  const typed = splitMemory(amount.memory);
  // An empty field has no unit: the one chosen last stays.
  const [unit, setUnit] = useState<MemoryUnit>('G');
  const shown = amount.memory === '' ? { number: '', unit } : typed;
  const change = (text: typeof shown) => {
    setUnit(text.unit);
    store.change('memory', {
      amount: { kind: 'exact', ...amount, memory: joinMemory(text) },
    });
  };
  const hint = [
    ...(machine ? [`of ${formatMemory(machine.memoryMiB)}`] : []),
    ...(form.cluster.kind === 'local'
      ? []
      : [
          perCore
            ? `empty: ${formatMemory(perCore)} for each core`
            : 'empty: the cluster’s default',
          '0: all of a machine',
        ]),
  ].join('; ');
  return (
    <Line name="memory" state={state} hint={hint}>
      {(control) => (
        <>
          <TextInput
            {...control}
            class="bt-short"
            numeric
            value={shown.number}
            onInput={(number) => change({ ...shown, number })}
          />
          <Select
            class="bt-auto"
            aria-label="Unit of memory"
            value={shown.unit}
            options={Object.entries(MEMORY_UNITS).map(([value, title]) => ({
              value,
              title,
            }))}
            onChange={(letter) =>
              change({ ...shown, unit: letter as MemoryUnit })
            }
          />
        </>
      )}
    </Line>
  );
}

function GpuLine({ state }: PartProps) {
  const { store } = useTools();
  const { form, choice } = state;
  const partition = findPartition(form, choice.partition);
  const { type, number } = choice.gpus;
  if (!partition) {
    return null;
  }
  const limits = limitsOf(partition);
  const most =
    type === '' ? limits.gpusOfAnyType : (limits.gpus.get(type) ?? 0);
  if (limits.gpusOfAnyType === 0 && number === 0) {
    return null;
  }
  const types = placeOf(partition).gpuTypes.filter((gpu) => gpu.type !== '');
  return (
    <Line name="gpus" state={state} group hint={`of ${most}`}>
      {({ id, ...control }) => (
        <>
          <Select
            {...control}
            class="bt-auto"
            aria-label="Type of GPU"
            value={type}
            options={[
              { value: '', title: 'Any type' },
              ...types.map((gpu) => ({
                value: gpu.type,
                title: `${gpu.type} (${gpu.idle} of ${gpu.total} free)`,
              })),
            ]}
            onChange={(chosen) =>
              store.change('gpus', { gpus: { type: chosen, number } })
            }
          />
          <Select
            {...control}
            id={id}
            class="bt-auto"
            aria-label="Number of GPUs"
            value={String(number)}
            options={Array.from({ length: most + 1 }, (_, count) => ({
              value: String(count),
              title: String(count),
            }))}
            onChange={(count) =>
              store.change('gpus', { gpus: { type, number: Number(count) } })
            }
          />
        </>
      )}
    </Line>
  );
}
