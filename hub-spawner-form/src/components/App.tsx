/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { EndedNotice } from './EndedNotice.js';
import { FormPage } from './FormPage.js';
import { SessionCount } from './SessionCount.js';
import { ToolsProvider, type Tools } from './tools.js';
import { useValue } from './use-value.js';

interface Props {
  tools: Tools;
  /** Whether the form is on its way to the hub. */
  starting: boolean;
}

/** The whole form, or why there is none. */
export function App({ tools, starting }: Props) {
  const { store, server, ended } = tools;
  const state = useValue(store);
  return (
    <ToolsProvider value={tools}>
      <div class="bt-heading">
        <h1>
          {server === '' ? 'Start a session' : `Start the session ${server}`}
        </h1>
        {state.kind === 'ready' && <SessionCount state={state} />}
      </div>
      <EndedNotice ended={ended} />
      {state.kind === 'failed' ? (
        <Failure
          problem={state.problem}
          asking={state.asking}
          onRetry={() => void store.refresh(new AbortController().signal)}
        />
      ) : (
        <FormPage state={state} starting={starting} />
      )}
    </ToolsProvider>
  );
}

function Failure(props: {
  problem: string;
  asking: boolean;
  onRetry: () => void;
}) {
  const { problem, asking, onRetry } = props;
  const [tried, setTried] = useState(0);
  return (
    <div class="bt-alert bt-danger" role="alert">
      <p>
        <strong>No session can be started now.</strong> {problem}
      </p>
      <p>
        <button
          type="button"
          class="bt-button"
          aria-disabled={asking || undefined}
          onClick={() => {
            if (!asking) {
              setTried(tried + 1);
              onRetry();
            }
          }}
        >
          Try again
        </button>{' '}
        <span role="status" class="bt-small">
          {asking ? 'Asking…' : tried > 0 ? `Tried ${tried} times.` : ''}
        </span>
      </p>
    </div>
  );
}
