/** @jsxImportSource preact */
import {
  formatDuration,
  formatSlurmTime,
  limitsOf,
  parseSlurmTime,
} from '@beamtime/contract';
import { findPartition, offeredMinutes } from '../model/choice.js';
import { shortDuration } from '../model/words.js';
import { Field } from './Field.js';
import { Segments } from './Segments.js';
import { type PartProps, useTools } from './tools.js';

/** For how long; what the partition does not allow is not offered. */
export function TimeField({ state }: PartProps) {
  const { store } = useTools();
  const { form, choice } = state;
  const partition = findPartition(form, choice.partition);
  const limit = partition && limitsOf(partition).minutes;
  const chosen = parseSlurmTime(choice.runtime);
  // What a link or an earlier request asked for stays to be seen.
  const minutes = new Set([
    ...offeredMinutes(form, partition),
    ...(chosen == null ? [] : [chosen]),
  ]);
  return (
    <Field
      name="time"
      state={state}
      hint={limit != null && `at most ${formatDuration(limit)} here`}
    >
      <Segments
        name="bt-time"
        third
        plain
        segments={[...minutes]
          .sort((a, b) => a - b)
          .map((value) => ({
            key: String(value),
            value,
            title: shortDuration(value),
          }))}
        chosen={String(chosen)}
        onChoose={(value) =>
          store.change('time', { runtime: formatSlurmTime(value) })
        }
      />
    </Field>
  );
}
