/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { fieldId, labelOf, type FieldName } from '../model/fields.js';
import { FieldProblems } from './FieldProblems.js';
import type { PartProps } from './tools.js';

interface Props extends PartProps {
  name: FieldName;
  /** Another field whose problems are shown here too. */
  also?: FieldName;
  hint?: ComponentChildren;
  children: ComponentChildren;
  /** `radiogroup` where the field is one set of radio buttons. */
  role?: 'radiogroup' | 'group';
}

export const titleId = (name: FieldName) => `bt-${name}-title`;

/** One part of the simple form: its title, what belongs to it, and what is wrong with it. */
export function Field({ name, also, hint, children, role, state }: Props) {
  const id = fieldId(name, 'simple');
  const fields = also ? [name, also] : [name];
  const wrong = fields.some((field) => state.problems[field].length > 0);
  const describedBy = [hint && `${id}-hint`, wrong && `${id}-error`]
    .filter(Boolean)
    .join(' ');
  return (
    <fieldset
      class="bt-field"
      id={id}
      role={role ?? 'radiogroup'}
      aria-labelledby={titleId(name)}
      aria-describedby={describedBy || undefined}
      aria-invalid={wrong && role !== 'group' ? true : undefined}
      data-wrong={wrong || undefined}
      tabIndex={-1}
    >
      <legend>
        <span id={titleId(name)} class="bt-title">
          {labelOf(name, 'simple')}
        </span>
        {hint && (
          <span id={`${id}-hint`} class="bt-hint">
            {hint}
          </span>
        )}
      </legend>
      {children}
      <FieldProblems id={`${id}-error`} fields={fields} state={state} />
    </fieldset>
  );
}
