import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useState, type ReactElement } from 'react';

import { clockTime } from './words.js';

/** Says that the connection is lost, and counts down to the next try. */
export function LostNotice(props: {
  /** Ms since the epoch. */
  since: number;
  /** Ms since the epoch; null while it is being tried. */
  retryAt: number | null;
  retry: () => void;
  trans: TranslationBundle;
}): ReactElement {
  const { since, retryAt, retry, trans } = props;
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil(((retryAt ?? 0) - now) / 1000));
  return (
    <>
      <h2>{trans.__('Connection lost since %1', clockTime(since))}</h2>
      <p>
        {trans.__(
          'The desktop goes on running as long as your session does. Shown: its last picture.',
        )}
      </p>
      <div className="bt-Desktop-buttons">
        <button className="jp-mod-styled jp-mod-accept" onClick={retry}>
          {trans.__('Try again now')}
        </button>
        {/* Counted for the eye: to hear each second read out would be a nuisance. */}
        <span className="bt-Desktop-dim" aria-hidden="true">
          {seconds > 0
            ? trans.__('Trying again in %1 s', seconds)
            : trans.__('Trying again now')}
        </span>
      </div>
    </>
  );
}
