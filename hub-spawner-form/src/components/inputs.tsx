/** @jsxImportSource preact */
import type { ControlProps } from './Line.js';

interface TextProps extends Partial<ControlProps> {
  value: string;
  onInput: (value: string) => void;
  placeholder?: string;
  class?: string;
  numeric?: boolean;
  /** Id of a list of suggestions. */
  list?: string;
  'aria-label'?: string;
}

/** A field for one line of text. It has no name: what is sent is the hidden field alone. */
export function TextInput({
  onInput,
  numeric,
  class: more = '',
  ...rest
}: TextProps) {
  return (
    <input
      type="text"
      autocomplete="off"
      autocapitalize="off"
      spellcheck={false}
      class={`bt-input ${more}`}
      inputMode={numeric ? 'numeric' : undefined}
      onInput={(event) => onInput(event.currentTarget.value)}
      {...rest}
    />
  );
}

export interface Option {
  value: string;
  title: string;
  disabled?: boolean;
}

interface SelectProps extends Partial<ControlProps> {
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
  class?: string;
  'aria-label'?: string;
}

/** A choice of one from a list. A value that is not in the list is shown all the same. */
export function Select({
  value,
  options,
  onChange,
  class: more = '',
  ...rest
}: SelectProps) {
  const known = options.some((option) => option.value === value);
  return (
    <select
      class={`bt-select ${more}`}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...rest}
    >
      {!known && <option value={value}>{value} – not in the list</option>}
      {options.map(({ value: key, title, disabled }) => (
        <option key={key} value={key} disabled={disabled}>
          {title}
        </option>
      ))}
    </select>
  );
}

interface CheckProps extends Partial<ControlProps> {
  checked: boolean;
  label: string;
  onChange: (checked: boolean) => void;
}

/** A box to tick, with its label. */
export function Check({ checked, label, onChange, ...rest }: CheckProps) {
  return (
    <label class="bt-check">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
        {...rest}
      />{' '}
      {label}
    </label>
  );
}
