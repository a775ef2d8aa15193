/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { LABELS, fieldId, type FieldName } from '../model/fields.js';
import { FieldProblems } from './FieldProblems.js';
import type { PartProps } from './tools.js';

/** What binds a control to its label, its hint and its errors. */
export interface ControlProps {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

interface Props extends PartProps {
  name: FieldName;
  /** Another field whose problems are shown here too. */
  also?: FieldName;
  /** In small below the label; the name in sbatch where there is none. */
  note?: string;
  hint?: ComponentChildren;
  /** `true` where the controls have names of their own. */
  group?: boolean;
  children: (control: ControlProps) => ComponentChildren;
}

/** One line of the advanced form: label left, control right, below it what is wrong. */
export function Line(props: Props) {
  const { name, also, note, hint, group, children, state } = props;
  const id = fieldId(name, 'advanced');
  const fields = also ? [name, also] : [name];
  const wrong = fields.some((field) => state.problems[field].length > 0);
  const { advanced: label, option } = LABELS[name];
  const control = {
    id: `${id}-control`,
    'aria-describedby':
      [hint && `${id}-hint`, wrong && `${id}-error`]
        .filter(Boolean)
        .join(' ') || undefined,
    'aria-invalid': wrong || undefined,
  } as const;
  const slurm = state.form.cluster.kind === 'slurm';
  const small = note ?? (slurm ? option : undefined);
  return (
    <div
      class="bt-entry"
      id={id}
      data-wrong={wrong || undefined}
      tabIndex={-1}
      {...(group && { role: 'group', 'aria-labelledby': `${id}-title` })}
    >
      <div class="bt-entry-label">
        {group ? (
          <span id={`${id}-title`}>{label}</span>
        ) : (
          <label id={`${id}-title`} for={control.id}>
            {label}
          </label>
        )}
        {small && <small>{small}</small>}
      </div>
      <div class="bt-entry-control">
        <div class="bt-entry-row">
          {children(control)}
          {hint && (
            <span id={`${id}-hint`} class="bt-hint">
              {hint}
            </span>
          )}
        </div>
        <FieldProblems id={`${id}-error`} fields={fields} state={state} />
      </div>
    </div>
  );
}
