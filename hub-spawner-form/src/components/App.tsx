/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import type { ExperimentSearch } from '../model/experiment-search.js';
import type { FormStore } from '../model/form-store.js';
import { FormPage } from './FormPage.js';
import { useValue } from './use-value.js';

interface Props {
  store: FormStore;
  search: ExperimentSearch;
  /** Whether the form is on its way to the hub. */
  starting: boolean;
}

/** The whole form, or why there is none. */
export function App({ store, search, starting }: Props) {
  const state = useValue(store);
  return (
    <>
      <h1>Start a session</h1>
      {state.kind === 'failed' ? (
        <Failure
          problem={state.problem}
          asking={state.asking}
          onRetry={() => void store.refresh(new AbortController().signal)}
        />
      ) : (
        <FormPage {...{ store, search, starting, state }} />
      )}
    </>
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
    <div class="bt-alert" role="alert">
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
