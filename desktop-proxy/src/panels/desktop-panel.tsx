import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';

import type { DesktopInfo } from '../wire.js';
import { clockTime } from '../words.js';

/** What can be done with a desktop as a whole. Each asks first. */
export interface DesktopActs {
  startAgain: () => void;
  shutDown: () => void;
}

/** What the desktop is, and what can be done with it as a whole. */
export function DesktopPanel(props: {
  acts: DesktopActs;
  close: () => void;
  info: DesktopInfo | null;
  trans: TranslationBundle;
}): ReactElement {
  const { acts, close, info, trans } = props;
  const after = (act: () => void) => () => {
    close();
    act();
  };
  return (
    <>
      {info?.since && info.state === 'running' && (
        <p className="bt-Desktop-dim">
          {trans.__(
            '%1, running since %2.',
            ...[info.name, clockTime(info.since)],
          )}
        </p>
      )}
      {info?.problem && <p role="status">{info.problem}</p>}
      <button className="jp-mod-styled" onClick={after(acts.startAgain)}>
        {trans.__('Start again…')}
      </button>
      <button className="jp-mod-styled" onClick={after(acts.shutDown)}>
        {trans.__('Shut down…')}
      </button>
    </>
  );
}
