import { useId, type ReactElement } from 'react';

/** One of several, as radio buttons. */
export function Choice<T extends string>(props: {
  legend: string;
  options: readonly { value: T; label: string; hint?: string }[];
  value: T;
  choose: (value: T) => void;
}): ReactElement {
  const { legend, options, value, choose } = props;
  const name = useId();
  return (
    <fieldset className="bt-Desktop-choice">
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => choose(option.value)}
          />
          <span>
            {option.label}
            {option.hint && (
              <small className="bt-Desktop-dim">{option.hint}</small>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
