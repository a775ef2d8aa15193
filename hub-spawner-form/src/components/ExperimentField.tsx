/** @jsxImportSource preact */
import { ExperimentPicker } from './ExperimentPicker.js';
import { Field, titleId } from './Field.js';
import type { PartProps } from './tools.js';

/** The experiments whose data the session sees. */
export function ExperimentField({ state }: PartProps) {
  return (
    <Field
      name="experiments"
      role="group"
      hint="its data will be in the folder Experiments"
      state={state}
    >
      <ExperimentPicker state={state} labelledBy={titleId('experiments')} />
    </Field>
  );
}
