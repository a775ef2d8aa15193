/** @jsxImportSource preact */
import { FieldLinks } from './FieldLinks.js';
import { Message } from './FieldProblems.js';
import { Icon } from './Icon.js';
import type { PartProps } from './tools.js';

/** On top after a refusal: where to look. What belongs to no field is said here. */
export function RefusalNotice({ state }: PartProps) {
  if (!state.refused && state.problems.other.length === 0) {
    return null;
  }
  return (
    <div class="bt-alert bt-danger" role="alert">
      {state.refused && (
        <p>
          <Icon name="error" />{' '}
          <strong>This session was refused, so nothing was started.</strong> All
          that you chose is still below.
        </p>
      )}
      {state.problems.other.map((message) => (
        <Message key={message} text={message} />
      ))}
      <p>
        <FieldLinks state={state} />
      </p>
    </div>
  );
}
