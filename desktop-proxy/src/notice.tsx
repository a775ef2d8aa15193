import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import type { ReactElement, ReactNode } from 'react';

import type { DesktopModel, DesktopState } from './model.js';
import { LostNotice } from './lost-notice.js';
import { MissingParts } from './missing-parts.js';
import { endedHeading, endedMeaning } from './words.js';

/** What stands in place of the picture when there is none. Hidden when there is one. */
export class DesktopNotice extends ReactWidget {
  constructor(
    private readonly model: DesktopModel,
    private readonly title_: string,
    private readonly close_: () => void,
    private readonly trans: TranslationBundle,
  ) {
    super();
    this.addClass('bt-Desktop-notice');
    model.changed.connect(this.onModelChanged, this);
  }

  protected override render(): ReactElement {
    const { state } = this.model;
    return (
      <div className="bt-Desktop-noticeBody" role="status">
        {this.renderState(state)}
      </div>
    );
  }

  private renderState(state: DesktopState): ReactNode {
    const { trans } = this;
    switch (state.kind) {
      case 'connected':
        return null;
      case 'checking':
      case 'connecting':
        return this.renderWaiting(trans.__('Connecting to %1…', this.title_));
      case 'starting':
        return this.renderWaiting(trans.__('Starting %1…', this.title_));
      case 'lost':
        return (
          <LostNotice
            retryAt={state.retryAt}
            retry={() => void this.model.retry()}
            trans={trans}
          />
        );
      case 'ended':
        return (
          <>
            <h2>{endedHeading(state.ended, this.title_, trans)}</h2>
            <p>{endedMeaning(state.ended, trans)}</p>
            {this.renderButtons(
              state.ended ? trans.__('Start again') : trans.__('Start'),
            )}
            {state.ended && (
              <LastLines
                reason={state.ended.reason}
                lines={state.ended.output}
                open={state.ended.cause !== 'closed'}
                trans={trans}
              />
            )}
          </>
        );
      case 'missing':
        return (
          <MissingParts
            title={this.title_}
            missing={state.missing}
            parts={state.parts}
            checkAgain={() => void this.model.start()}
            trans={trans}
          />
        );
      case 'failed':
        return (
          <>
            <h2>{trans.__('%1 could not be opened', this.title_)}</h2>
            <p>{state.message}</p>
            <div className="bt-Desktop-buttons">
              <button
                className="jp-mod-styled jp-mod-accept"
                onClick={() => void this.model.open(true)}
              >
                {trans.__('Try again')}
              </button>
            </div>
          </>
        );
    }
  }

  private renderWaiting(text: string): ReactNode {
    return <p className="bt-Desktop-waiting">{text}</p>;
  }

  private renderButtons(start: string): ReactNode {
    return (
      <div className="bt-Desktop-buttons">
        <button
          className="jp-mod-styled jp-mod-accept"
          onClick={() => void this.model.start()}
        >
          {start}
        </button>
        <button className="jp-mod-styled" onClick={this.close_}>
          {this.trans.__('Close tab')}
        </button>
      </div>
    );
  }

  private readonly onModelChanged = () => {
    this.setHidden(this.model.state.kind === 'connected');
    this.update();
  };
}

function LastLines(props: {
  reason: string;
  lines: readonly string[];
  open: boolean;
  trans: TranslationBundle;
}): ReactElement {
  return (
    <details open={props.open}>
      <summary>{props.trans.__('The last lines that it wrote')}</summary>
      <pre>{[...props.lines, props.reason].join('\n')}</pre>
    </details>
  );
}
