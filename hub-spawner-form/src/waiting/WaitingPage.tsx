/** @jsxImportSource preact */
import type { WaitingBoot } from './boot.js';
import { formUrl } from './cancel.js';
import { isBefore, stepsOf, type Progress, type Step } from './progress.js';

const TIME = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const SHORT = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });
const DAY = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
});

export interface WaitingProps {
  boot: WaitingBoot;
  progress: Progress;
  /** In ms since 1970. */
  now: number;
  cancelling: boolean;
  /** Why it could not be cancelled. */
  problem: string;
  onCancel: () => void;
}

/** A session that is being started: four steps, the reason, the time, a line for each change. */
export function WaitingPage(props: WaitingProps) {
  const { boot, progress, now } = props;
  const { summary, asked_at: asked, experiments } = boot;
  const title = boot.title || experiments.join(', ') || 'Your session';
  const facts = [
    summary.replace(/\.$/, ''),
    asked === null ? '' : `asked ${moment(Date.parse(asked), now)}`,
  ].filter(Boolean);
  return (
    <div class="bt-waiting">
      <h1>{title}</h1>
      {facts.length > 0 && <p class="bt-muted">{facts.join(' · ')}</p>}
      {progress.failure === null ? (
        <Steps {...props} />
      ) : (
        <div class="bt-failed" role="alert">
          <h2>The session was not started</h2>
          <p>{progress.failure}</p>
          <a class="btn bt-strong" href={formUrl(boot)}>
            Back to the form
          </a>
        </div>
      )}
      <details class="bt-log" open={progress.failure !== null}>
        <summary>What happened so far</summary>
        <ol>
          {progress.log.map(({ at, text }) => (
            <li key={`${at} ${text}`}>
              <time>{TIME.format(at)}</time> {text}
            </li>
          ))}
        </ol>
      </details>
    </div>
  );
}

function Steps(props: WaitingProps) {
  const { boot, progress, cancelling, problem, onCancel } = props;
  return (
    <>
      <ol class="bt-steps">
        {stepsOf(boot.on_cluster).map((step, index) => {
          const state = isBefore(step, progress.step)
            ? 'done'
            : step === progress.step
              ? 'current'
              : 'next';
          return (
            <li
              key={step}
              class={`bt-step bt-${state}`}
              aria-current={state === 'current' ? 'step' : undefined}
            >
              <span class="bt-mark" aria-hidden="true">
                {state === 'done' ? '✓' : state === 'current' ? '⟳' : index + 1}
              </span>
              <div>
                <strong>{nameOf(step, props)}</strong>
                {state === 'done' && <span class="bt-hidden"> (done)</span>}
                <About step={step} {...props} />
              </div>
              <When step={step} {...props} />
            </li>
          );
        })}
      </ol>
      <p class="bt-hidden" role="status">
        {progress.log.at(-1)?.text}
      </p>
      <div class="bt-ways">
        <button
          type="button"
          class="btn bt-plain"
          disabled={cancelling}
          onClick={onCancel}
        >
          {cancelling ? 'Cancelling …' : 'Cancel, keep my choices'}
        </button>
      </div>
      {problem && <p role="alert">{problem}</p>}
      <p class="bt-muted bt-small">
        {boot.on_cluster
          ? 'You may close this page. Your place is kept, and the session waits for you under Home.'
          : 'You may close this page. The session waits for you under Home.'}
      </p>
    </>
  );
}

function nameOf(step: Step, { boot, progress }: WaitingProps): string {
  const { experiments } = boot;
  switch (step) {
    case 'asked':
      return progress.step === 'asked' ? 'Asking' : 'Asked';
    case 'waiting':
      return 'Waiting for a free machine';
    case 'starting':
      return 'Starting Jupyter';
    case 'opening':
      return experiments.length === 0
        ? 'Opening JupyterLab'
        : `Opening JupyterLab on ${experiments.join(', ')}`;
  }
}

function About({ step, boot, progress }: WaitingProps & { step: Step }) {
  const { job, why, slurm, start, node } = progress;
  const isNow = step === progress.step;
  if (step === 'asked' && job !== '') {
    return <p class="bt-muted bt-small">Slurm took it as job {job}</p>;
  }
  if (step === 'waiting' && isNow) {
    const said = [
      slurm && `Slurm says: ${slurm}`,
      start === null ? '' : `expected start ${TIME.format(Date.parse(start))}`,
    ].filter(Boolean);
    return (
      <>
        {why && <p>{`${why.charAt(0).toUpperCase()}${why.slice(1)}.`}</p>}
        {said.length > 0 && <p class="bt-muted bt-small">{said.join(' · ')}</p>}
      </>
    );
  }
  if (step === 'starting') {
    return (
      <p class="bt-muted bt-small">
        {isNow && node !== ''
          ? `on ${node}, usually 10 to 20 s`
          : boot.on_cluster || isNow
            ? 'usually 10 to 20 s'
            : ''}
      </p>
    );
  }
  return null;
}

/** When a step began; for the wait, how long it may still take. */
function When({ step, progress, boot, now }: WaitingProps & { step: Step }) {
  if (step === 'waiting' && progress.step === 'waiting') {
    const { start } = progress;
    const left = start === null ? NaN : Date.parse(start) - now;
    return (
      <strong class="bt-when">
        {left > 0 ? `about ${minutes(left)}` : 'time not known yet'}
      </strong>
    );
  }
  const at =
    step === 'asked' && boot.asked_at !== null
      ? Date.parse(boot.asked_at)
      : progress.since[step];
  return at === undefined || isBefore(progress.step, step) ? (
    <span />
  ) : (
    <time class="bt-when bt-muted bt-small">{TIME.format(at)}</time>
  );
}

function minutes(ms: number): string {
  const whole = Math.max(1, Math.round(ms / 60_000));
  return whole < 100 ? `${whole} min` : `${Math.round(whole / 60)} h`;
}

function moment(at: number, now: number): string {
  return new Date(at).toDateString() === new Date(now).toDateString()
    ? `today at ${SHORT.format(at)}`
    : `on ${DAY.format(at)}`;
}
