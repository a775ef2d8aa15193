/** @jsxImportSource preact */
import { type FieldName } from '../model/fields.js';
import { remediesFor } from '../model/remedy.js';
import { SLURM_REFUSED } from '../model/slurm-words.js';
import { Icon } from './Icon.js';
import { type PartProps, useTools } from './tools.js';

interface Props extends PartProps {
  id: string;
  /** Simple has some fields in one. */
  fields: readonly FieldName[];
}

/** What is wrong at a field, announced, with what would run instead. */
export function FieldProblems({ id, fields, state }: Props) {
  const { store } = useTools();
  const { form, choice, problems } = state;
  return (
    <div id={id} role="alert">
      {fields
        .filter((field) => problems[field].length > 0)
        .map((field) => (
          <div class="bt-error" key={field}>
            <Icon name="error" />
            <div>
              {problems[field].map((problem) => (
                <Message key={problem} text={problem} />
              ))}
              <p class="bt-remedies">
                {remediesFor(form, choice, field).map(({ label, patch }) => (
                  <button
                    type="button"
                    class="bt-button bt-slim"
                    key={label}
                    onClick={() => store.change(field, patch)}
                  >
                    {label}
                  </button>
                ))}
              </p>
            </div>
          </div>
        ))}
    </div>
  );
}

/** A message; what Slurm said stands as it said it. */
export function Message({ text }: { text: string }) {
  if (!text.startsWith(SLURM_REFUSED)) {
    return <p>{text}</p>;
  }
  const [said = '', ...ours] = text.slice(SLURM_REFUSED.length).split('\n');
  return (
    <>
      <p>Slurm’s answer:</p>
      <code class="bt-verbatim">{said}</code>
      {ours.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </>
  );
}
