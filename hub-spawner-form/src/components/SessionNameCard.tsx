/** @jsxImportSource preact */
import { TextInput } from './inputs.js';
import { Icon } from './Icon.js';
import { type PartProps, useTools } from './tools.js';
import { useValue } from './use-value.js';

/** A name for one session among several; nothing where the hub has but one for each person. */
export function SessionNameCard({ state }: PartProps) {
  const { sessionName, server } = useTools();
  const { name, problem } = useValue(sessionName);
  const { sessions } = state.form;
  if (!sessions || server !== '') {
    return null;
  }
  return (
    <section class="bt-card" aria-labelledby="bt-session-title">
      <h2 id="bt-session-title">Name of the session</h2>
      <TextInput
        id={SESSION_NAME}
        class="bt-wide"
        aria-label="Name of the session"
        aria-describedby="bt-session-hint bt-session-error"
        aria-invalid={problem === '' ? undefined : true}
        value={name}
        onInput={(typed) => sessionName.type(typed)}
      />
      <p class="bt-small bt-muted" id="bt-session-hint">
        With a name it is a session of its own, beside others. Without one it is
        your usual session.
      </p>
      <div role="alert" id="bt-session-error">
        {problem && (
          <div class="bt-error">
            <Icon name="error" />
            <p>{problem}</p>
          </div>
        )}
      </div>
    </section>
  );
}

/** Id of the field, for the focus. */
export const SESSION_NAME = 'bt-session-name';
