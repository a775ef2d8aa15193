/** @jsxImportSource preact */
import { findPartition } from '../model/choice.js';
import { wrongFields } from '../model/problems.js';
import { sentenceOf } from '../model/sentence.js';
import { isFreeNow } from '../model/shares.js';
import { experimentName } from '../model/words.js';
import { FieldLinks } from './FieldLinks.js';
import { Icon } from './Icon.js';
import { type PartProps, useTools } from './tools.js';

interface Props extends PartProps {
  /** Whether the form is on its way to the hub. */
  starting: boolean;
}

/** What will be asked, and the button that asks it. Always in view. */
export function SummaryBar({ state, starting }: Props) {
  const { search } = useTools();
  const nameOf = (key: string) => experimentName(key, search.byKey(key));
  return (
    <div class="bt-summary" role="region" aria-label="Your session">
      <div class="bt-sentence" aria-live="polite">
        <p>
          {sentenceOf(state.request, nameOf).map(({ text, stressed }, index) =>
            stressed ? <strong key={index}>{text}</strong> : text,
          )}
        </p>
        <Outlook state={state} />
      </div>
      <button
        class="bt-start"
        type="submit"
        title="Ctrl+Enter"
        aria-disabled={starting || undefined}
      >
        {starting ? 'Starting…' : 'Start'}
      </button>
    </div>
  );
}

/** Whether it can start: what has to be changed first, else whether there is room now. */
function Outlook({ state }: PartProps) {
  const { form, choice, request, problems } = state;
  if (wrongFields(problems).length > 0) {
    return (
      <p class="bt-small">
        <Icon name="error" /> <FieldLinks state={state} />
      </p>
    );
  }
  const partition = findPartition(form, choice.partition);
  if (!partition || form.cluster.kind === 'local') {
    return null;
  }
  return (
    <p class="bt-small">
      <Icon name="clock" />{' '}
      {isFreeNow(partition, request.nprocs, choice.gpus)
        ? 'A machine with that many free cores is there now.'
        : 'No machine has that much free now: expect to wait.'}
    </p>
  );
}
