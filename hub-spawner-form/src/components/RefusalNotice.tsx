/** @jsxImportSource preact */
import type { ReadyState } from '../model/form-store.js';
import { FieldLinks } from './FieldLinks.js';
import { Icon } from './Icon.js';

/** On top after a refusal: where to look. What belongs to no field is said here. */
export function RefusalNotice({ state }: { state: ReadyState }) {
  if (!state.refused) {
    return null;
  }
  return (
    <div class="bt-alert" role="alert">
      <p>
        <Icon name="error" />{' '}
        <strong>This session was refused, so nothing was started.</strong> All
        that you chose is still below.
      </p>
      {state.problems.other.map((message) => (
        <p key={message}>{message}</p>
      ))}
      <p>
        <FieldLinks problems={state.problems} />
      </p>
    </div>
  );
}
