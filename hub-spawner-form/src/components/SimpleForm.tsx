/** @jsxImportSource preact */
import { AmountField } from './AmountField.js';
import { ExperimentField } from './ExperimentField.js';
import { Field } from './Field.js';
import { GpuField } from './GpuField.js';
import { OpeningPicker } from './OpeningPicker.js';
import { SoftwareField } from './SoftwareField.js';
import { TimeField } from './TimeField.js';
import type { PartProps } from './tools.js';
import { WhereField } from './WhereField.js';

/** The few choices that most people need, in the order in which they think of them. */
export function SimpleForm({ state }: PartProps) {
  return (
    <>
      <ExperimentField state={state} />
      <SoftwareField state={state} />
      <WhereField state={state} />
      <AmountField state={state} />
      <GpuField state={state} />
      <TimeField state={state} />
      <Field name="opening" state={state}>
        <OpeningPicker state={state} />
      </Field>
    </>
  );
}
