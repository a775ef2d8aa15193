import type { TranslationBundle } from '@jupyterlab/translation';
import type { LabIcon } from '@jupyterlab/ui-components';
import type { ReactElement } from 'react';

import type { Program } from './wire.js';

/** One program in the list: what it is, why it cannot start, and how to open it. */
export function ProgramRow(props: {
  program: Program;
  icon: LabIcon;
  isOpen: boolean;
  open: (program: string, another: boolean) => void;
  trans: TranslationBundle;
}): ReactElement {
  const { program, icon, isOpen, open, trans } = props;
  const { id, title, comment, missing, problem, source } = program;
  return (
    <li className="bt-Programs-row" data-missing={missing.length > 0}>
      <icon.react tag="span" className="bt-Programs-icon" aria-hidden="true" />
      <div className="bt-Programs-what">
        <strong>{title}</strong>
        {isOpen && <span className="bt-Programs-tag">{trans.__('open')}</span>}
        {source === 'user' && (
          <span className="bt-Programs-tag">{trans.__('yours')}</span>
        )}
        {comment && <div className="bt-Programs-comment">{comment}</div>}
        {problem ? (
          <div className="bt-Programs-why">
            {trans.__('Its description is wrong:')} {problem.message}{' '}
            <code>
              {problem.line === null
                ? problem.file
                : `${problem.file}:${problem.line}`}
            </code>
          </div>
        ) : (
          missing.map((sentence) => (
            <div key={sentence} className="bt-Programs-why">
              {sentence}
            </div>
          ))
        )}
      </div>
      <div className="bt-Programs-acts">
        {isOpen && missing.length === 0 && (
          <button
            className="jp-mod-styled"
            aria-label={trans.__('Open another %1', title)}
            onClick={() => open(id, true)}
          >
            {trans.__('Open another')}
          </button>
        )}
        <button
          className="jp-mod-styled"
          aria-label={
            missing.length > 0
              ? trans.__('What is missing for %1', title)
              : trans.__('Open %1', title)
          }
          onClick={() => open(id, false)}
        >
          {missing.length > 0
            ? trans.__('What is missing')
            : isOpen
              ? trans.__('Show')
              : trans.__('Open')}
        </button>
      </div>
    </li>
  );
}
