/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import { fieldOfLine } from '../model/script.js';
import { Icon } from './Icon.js';
import { type PartProps, useTools } from './tools.js';
import { useValue } from './use-value.js';

/** The batch script as it would be submitted; marked is what was changed last or is refused. */
export function ScriptView({ state }: PartProps) {
  const tools = useTools();
  const { script, current, note } = useValue(tools.script);
  const [copied, setCopied] = useState('');
  const { problems, changed, choice } = state;
  const classOf = (line: string) => {
    const field = fieldOfLine(line, choice.options);
    return field === null
      ? undefined
      : problems[field].length > 0
        ? 'bt-bad'
        : field === changed
          ? 'bt-changed'
          : undefined;
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(script ?? '');
      setCopied('Copied.');
    } catch {
      setCopied('This browser does not let it be copied: select the text.');
    }
  };
  return (
    <section class="bt-submitted" aria-labelledby="bt-script-title">
      <h2>
        <span id="bt-script-title">What will be submitted</span>
        {script !== null && (
          <button
            type="button"
            class="bt-button bt-slim"
            onClick={() => void copy()}
          >
            <Icon name="copy" /> Copy
          </button>
        )}
      </h2>
      {script !== null && (
        <pre
          class={current ? 'bt-script' : 'bt-script bt-old'}
          tabIndex={0}
          role="group"
          aria-label="Batch script"
        >
          {script
            .replace(/\n$/, '')
            .split('\n')
            .map((line, index) => (
              <span key={index} class={classOf(line)}>
                {line || ' '}
              </span>
            ))}
        </pre>
      )}
      <p class="bt-small bt-muted" role="status">
        {copied && `${copied} `}
        {note ||
          (script === null
            ? 'The script is being asked for…'
            : 'The marked line follows the field that you changed last. The hub sends exactly this.')}
      </p>
    </section>
  );
}
