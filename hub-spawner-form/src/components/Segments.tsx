/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';

export interface Segment<T> {
  key: string;
  value: T;
  title: string;
  detail?: ComponentChildren;
}

interface Props<T> {
  /** Name of the radio buttons, different for each row. */
  name: string;
  segments: readonly Segment<T>[];
  /** Key of the chosen segment. */
  chosen: string | null;
  onChoose: (value: T) => void;
  /** Narrow segments, for instance single figures. */
  narrow?: boolean;
}

/**
 * Radio buttons in one row, drawn as a divided bar. By `form=""` they belong to no form:
 * what is sent is the hidden field alone.
 */
export function Segments<T>(props: Props<T>) {
  const { name, segments, chosen, onChoose, narrow } = props;
  return (
    <div class={narrow ? 'bt-segments bt-narrow' : 'bt-segments'}>
      {segments.map(({ key, value, title, detail }) => (
        <label key={key}>
          <input
            type="radio"
            form=""
            name={name}
            checked={key === chosen}
            onChange={() => onChoose(value)}
          />
          <b>{title}</b>
          {detail && <span class="bt-muted bt-small"> {detail}</span>}
        </label>
      ))}
    </div>
  );
}
