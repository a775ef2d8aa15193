/** @jsxImportSource preact */
import { count, formatMemory, parseMemoryMiB } from '@beamtime/contract';
import {
  chosenShare,
  findPartition,
  offeredShares,
  type Amount,
} from '../model/choice.js';
import type { FormStore, ReadyState } from '../model/form-store.js';
import { referenceMachine, type ShareName } from '../model/shares.js';
import { Field } from './Field.js';
import { Segments, type Segment } from './Segments.js';

const TITLES: Record<ShareName, string> = {
  minimum: 'Minimum',
  quarter: 'Quarter',
  half: 'Half',
  whole: 'Whole machine',
};

const words = (cpus: number, memoryMiB: number | null | undefined) =>
  memoryMiB == null
    ? count(cpus, 'core')
    : `${count(cpus, 'core')} · ${formatMemory(memoryMiB)}`;

/** How many cores, as shares of one machine; memory goes with them. */
export function AmountField({
  store,
  state: { form, choice, problems },
}: {
  store: FormStore;
  state: ReadyState;
}) {
  const { amount } = choice;
  const shares = offeredShares(form, choice);
  const partition = findPartition(form, choice.partition);
  const machine = partition && referenceMachine(partition, choice.gpus);
  const segments: Segment<Amount>[] = shares.map(
    ({ name, cpus, memoryMiB }) => ({
      key: name,
      value: { kind: 'share', share: name },
      title: TITLES[name],
      detail: words(cpus, memoryMiB),
    }),
  );
  if (amount.kind === 'exact') {
    segments.push({
      key: 'exact',
      value: amount,
      title: 'As asked',
      detail: words(
        amount.cpus,
        amount.memory === undefined ? null : parseMemoryMiB(amount.memory),
      ),
    });
  }
  return (
    <Field
      name="amount"
      hint={
        machine &&
        `of one machine with ${count(machine.cpus, 'core')}; memory goes with the cores`
      }
      problems={problems.amount}
    >
      <Segments
        name="bt-amount"
        segments={segments}
        chosen={
          amount.kind === 'exact'
            ? 'exact'
            : (chosenShare(shares, amount.share)?.name ?? null)
        }
        onChoose={(value) => store.chooseAmount(value)}
      />
    </Field>
  );
}
