import type { TranslationBundle } from '@jupyterlab/translation';
import { useState, type ReactElement } from 'react';

import { foundIcon, missingIcon } from './icons.js';
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
  const [said, setSaid] = useState('');
  const absent = parts.filter((part) => part.found === null && part.needed);
  // What no part covers: the program itself.
  const others = missing.filter(
    (sentence) => !absent.some((part) => sentence.startsWith(part.problem)),
  );
  const heading = trans.__('%1 cannot start on this machine', title);
  const commands = absent.flatMap((part) => part.get);
  const copy = async () => {
    const report = reportOf(heading, others, parts, commands);
    try {
      await navigator.clipboard.writeText(report);
      setSaid(trans.__('Copied.'));
    } catch {
      setSaid(
        trans.__('This browser does not let pages copy. Select the text here.'),
      );
    }
  };
  return (
    <>
      <h2>{heading}</h2>
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
            <PartMark part={part} trans={trans} />
            <strong>{part.title}</strong>
            <span>{part.found ?? part.problem}</span>
          </li>
        ))}
      </ul>
      {commands.length > 0 && (
        <details open>
          <summary>
            {trans.__('For the person who looks after this software')}
          </summary>
          <pre>{commands.join('\n')}</pre>
        </details>
      )}
      <div className="bt-Desktop-buttons">
        <button className="jp-mod-styled jp-mod-accept" onClick={checkAgain}>
          {trans.__('Check again')}
        </button>
        <button className="jp-mod-styled" onClick={() => void copy()}>
          {trans.__('Copy report for support')}
        </button>
        <span role="status">{said}</span>
      </div>
    </>
  );
}

function PartMark(props: {
  part: Part;
  trans: TranslationBundle;
}): ReactElement {
  const { part, trans } = props;
  const isFound = part.found !== null;
  const icon = isFound ? foundIcon : missingIcon;
  return (
    <icon.react
      tag="span"
      className="bt-Desktop-partMark"
      title={isFound ? trans.__('found') : trans.__('missing')}
    />
  );
}

/** For a ticket to the people who look after the software: not translated. */
function reportOf(
  heading: string,
  others: readonly string[],
  parts: readonly Part[],
  commands: readonly string[],
): string {
  const lines = parts.map(
    ({ title, found, problem }) => `${title}: ${found ?? problem}`,
  );
  const at = `${new Date().toISOString()} ${location.origin}`;
  return [heading, at, ...others, ...lines, ...commands].join('\n');
}
