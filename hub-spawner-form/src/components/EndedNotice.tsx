/** @jsxImportSource preact */
import type { Ended } from '../page/boot.js';
import { Icon } from './Icon.js';

/** How the last session ended, with the end of its log. Nothing if the person ended it. */
export function EndedNotice({ ended }: { ended: Ended | null }) {
  if (ended === null || ended.kind === 'finished') {
    return null;
  }
  const { reason, slurm, when, log, logPath, job } = ended;
  const time = new Date(when);
  const said = [
    job && `Job ${job}`,
    Number.isNaN(time.getTime())
      ? ''
      : new Intl.DateTimeFormat('en-GB', {
          dateStyle: 'medium',
          timeStyle: 'short',
        }).format(time),
  ].filter(Boolean);
  return (
    <section class="bt-alert bt-warning" aria-label="Your last session">
      <p>
        <Icon name="info" /> <strong>Your last session ended:</strong> {reason}
      </p>
      <p class="bt-small">
        {said.join(', ')}
        {slurm && (
          <>
            {said.length > 0 && ' · '}Slurm says: <code>{slurm}</code>
          </>
        )}
      </p>
      {log && (
        <details>
          <summary>The end of its log</summary>
          <pre class="bt-script" tabIndex={0} aria-label="The end of the log">
            {log}
          </pre>
          {logPath && (
            <p class="bt-small">
              All of it: <code>{logPath}</code>
            </p>
          )}
        </details>
      )}
    </section>
  );
}
