/** @jsxImportSource preact */
import { formatDuration, limitsOf } from '@beamtime/contract';
import { findPartition, offeredMinutes } from '../model/choice.js';
import type { FormStore, ReadyState } from '../model/form-store.js';
import { shortDuration } from '../model/words.js';
import { Field } from './Field.js';
import { Segments } from './Segments.js';

/** For how long; what the partition does not allow is not offered. */
export function TimeField({
  store,
  state: { form, choice, problems },
}: {
  store: FormStore;
  state: ReadyState;
}) {
  const partition = findPartition(form, choice.partition);
  const limit = partition && limitsOf(partition).minutes;
  // What a link or an earlier request asked for stays to be seen.
  const minutes = new Set([...offeredMinutes(form, partition), choice.minutes]);
  return (
    <Field
      name="time"
      hint={limit != null && `at most ${formatDuration(limit)} here`}
      problems={problems.time}
    >
      <Segments
        name="bt-time"
        segments={[...minutes]
          .sort((a, b) => a - b)
          .map((value) => ({
            key: String(value),
            value,
            title: shortDuration(value),
          }))}
        chosen={String(choice.minutes)}
        onChoose={(value) => store.chooseMinutes(value)}
      />
    </Field>
  );
}
