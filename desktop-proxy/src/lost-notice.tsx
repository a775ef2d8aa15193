import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useState, type ReactElement } from 'react';

/** Says that the connection is lost, and counts down to the next try. */
export function LostNotice(props: {
  /** Ms since the epoch. */
  retryAt: number;
  retry: () => void;
  trans: TranslationBundle;
}): ReactElement {
  const { retryAt, retry, trans } = props;
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((retryAt - now) / 1000));
  return (
    <>
      <h2>{trans.__('Connection lost')}</h2>
      <p>
        {seconds > 0
          ? trans.__(
              'The desktop runs on as long as your session does. Trying again in %1 s.',
              String(seconds),
            )
          : trans.__(
              'The desktop runs on as long as your session does. Trying again now.',
            )}
      </p>
      <div className="bt-Desktop-buttons">
        <button className="jp-mod-styled jp-mod-accept" onClick={retry}>
          {trans.__('Try again now')}
        </button>
      </div>
    </>
  );
}
