/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { FIELD_TITLES, type FieldName } from '../model/fields.js';
import { Icon } from './Icon.js';

interface Props {
  name: FieldName;
  hint?: ComponentChildren;
  problems: readonly string[];
  children: ComponentChildren;
  /** `radiogroup` where the field is one set of radio buttons. */
  role?: 'radiogroup' | 'group';
}

export const fieldId = (name: FieldName) => `bt-${name}`;
export const titleId = (name: FieldName) => `bt-${name}-title`;

/** One part of the form: its title, what belongs to it, and what is wrong with it. */
export function Field({ name, hint, problems, children, role }: Props) {
  const id = fieldId(name);
  const wrong = problems.length > 0;
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
          {FIELD_TITLES[name]}
        </span>
        {hint && (
          <span id={`${id}-hint`} class="bt-hint">
            {hint}
          </span>
        )}
      </legend>
      {children}
      <div id={`${id}-error`} role="alert">
        {problems.map((problem) => (
          <p class="bt-error" key={problem}>
            <Icon name="error" />
            <span>{problem}</span>
          </p>
        ))}
      </div>
    </fieldset>
  );
}
