/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon.js';

export interface Segment<T> {
  key: string;
  value: T;
  title: string;
  icon?: IconName;
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
  /** At least three in a row where there is little room. */
  third?: boolean;
  /** Without details below the titles, which then are not stressed. */
  plain?: boolean;
}

/**
 * Radio buttons in one row, drawn as a divided bar. By `form=""` they belong to no form:
 * what is sent is the hidden field alone.
 */
export function Segments<T>(props: Props<T>) {
  const { name, segments, chosen, onChoose, narrow, third, plain } = props;
  const kind = [
    narrow && 'bt-narrow',
    third && 'bt-third',
    plain && 'bt-plain',
  ];
  return (
    <div class={['bt-segments', ...kind].filter(Boolean).join(' ')}>
      {segments.map(({ key, value, title, icon, detail }) => (
        <label key={key}>
          <input
            type="radio"
            form=""
            name={name}
            checked={key === chosen}
            onChange={() => onChoose(value)}
          />
          <b>
            {icon && <Icon name={icon} />} {title}
          </b>
          {detail && <span class="bt-muted bt-small"> {detail}</span>}
        </label>
      ))}
    </div>
  );
}
