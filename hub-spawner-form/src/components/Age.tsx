/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import { ageWords } from '../model/words.js';
import type { PartProps } from './tools.js';

/** How old the figures are. It grows by itself; too often to be announced. */
export function Age({ state }: PartProps) {
  const { asOf } = state.form.cluster;
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [asOf]);
  const age = now + state.clockOffset - Date.parse(asOf);
  return (
    <time class="bt-muted bt-small" dateTime={asOf}>
      {Number.isNaN(age) ? 'age not known' : ageWords(age)}
    </time>
  );
}

/** Whether the figures are renewed, and why not. */
export function Renewal({ state }: PartProps) {
  const trouble = state.stale ?? state.form.cluster.problem;
  return (
    <p class="bt-small bt-muted" role="status">
      {trouble === undefined
        ? 'Renewed by itself while this page is in view.'
        : `These figures are not renewed. ${trouble}`}
    </p>
  );
}
