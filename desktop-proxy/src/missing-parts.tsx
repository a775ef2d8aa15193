import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';

import type { Part } from './wire.js';

/** Lists what was looked for: found or missing, and how to get what is missing. */
export function MissingParts(props: {
  title: string;
  missing: readonly string[];
  parts: readonly Part[];
  checkAgain: () => void;
  trans: TranslationBundle;
}): ReactElement {
  const { title, missing, parts, checkAgain, trans } = props;
  const absent = parts.filter((part) => part.found === null);
  // What no part covers: the program itself.
  const others = missing.filter(
    (sentence) => !absent.some((part) => sentence.startsWith(part.problem)),
  );
  return (
    <>
      <h2>{trans.__('%1 cannot start on this machine', title)}</h2>
      <p>
        {trans.__(
          'Something is missing. Your notebooks and files are not touched, and the rest of JupyterLab works.',
        )}
      </p>
      {others.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <ul className="bt-Desktop-parts">
        {parts.map((part) => (
          <li key={part.id} data-found={part.found !== null}>
            <span className="bt-Desktop-partMark" aria-hidden="true">
              {part.found === null ? '✗' : '✓'}
            </span>
            <strong>{part.title}</strong>
            <span>{part.found ?? part.problem}</span>
          </li>
        ))}
      </ul>
      {absent.length > 0 && (
        <details open>
          <summary>
            {trans.__('For the person who looks after this software')}
          </summary>
          <pre>{absent.flatMap((part) => part.get).join('\n')}</pre>
        </details>
      )}
      <div className="bt-Desktop-buttons">
        <button className="jp-mod-styled jp-mod-accept" onClick={checkAgain}>
          {trans.__('Check again')}
        </button>
      </div>
    </>
  );
}
