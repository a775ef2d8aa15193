/** @jsxImportSource preact */
import { count, formatMemory, parseMemoryMiB } from '@beamtime/contract';
import {
  chosenShare,
  findPartition,
  offeredShares,
  type Amount,
} from '../model/choice.js';
import { referenceMachine, type ShareName } from '../model/shares.js';
import { Field } from './Field.js';
import { Segments, type Segment } from './Segments.js';
import { type PartProps, useTools } from './tools.js';

const TITLES: Record<ShareName, string> = {
  minimum: 'Minimum',
  quarter: 'Quarter',
  half: 'Half',
  whole: 'Whole machine',
};

const words = (cpus: string, memoryMiB: number | null | undefined) =>
  [
    cpus === '1' ? '1 core' : `${cpus} cores`,
    ...(memoryMiB == null
      ? []
      : [memoryMiB === 0 ? 'all memory' : formatMemory(memoryMiB)]),
  ].join(' · ');

/** How many cores, as shares of one machine; memory goes with them. */
export function AmountField({ state }: PartProps) {
  const { store } = useTools();
  const { form, choice } = state;
  const { amount } = choice;
  const shares = offeredShares(form, choice);
  const partition = findPartition(form, choice.partition);
  const machine = partition && referenceMachine(partition, choice.gpus);
  const segments: Segment<Amount>[] = shares.map(
    ({ name, cpus, memoryMiB }) => ({
      key: name,
      value: { kind: 'share', share: name },
      title: TITLES[name],
      detail: words(String(cpus), memoryMiB),
    }),
  );
  if (amount.kind === 'exact') {
    segments.push({
      key: 'exact',
      value: amount,
      title: 'As asked',
      detail: words(amount.cpus, parseMemoryMiB(amount.memory)),
    });
  }
  return (
    <Field
      name="cores"
      also="memory"
      state={state}
      hint={
        machine &&
        `of one machine with ${count(machine.cpus, 'core')}; memory goes with the cores`
      }
    >
      <Segments
        name="bt-amount"
        segments={segments}
        chosen={
          amount.kind === 'exact'
            ? 'exact'
            : (chosenShare(shares, amount.share)?.name ?? null)
        }
        onChoose={(value) => store.change('cores', { amount: value })}
      />
    </Field>
  );
}
