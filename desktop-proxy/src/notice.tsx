import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import type { ReactElement, ReactNode } from 'react';

import { endedHeading, endedMeaning } from './ended-words.js';
import { LostNotice } from './lost-notice.js';
import { MissingParts } from './missing-parts.js';
import type { DesktopModel } from './model.js';
import type { DesktopState } from './state.js';

/** What stands in place of the picture, or over its last one. Hidden when there is one. */
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

  /** Gives the focus to what is to be done next, if there is anything. */
  focusButton(): void {
    MessageLoop.sendMessage(this, Widget.Msg.UpdateRequest);
    void this.renderPromise?.then(() => {
      this.node.querySelector<HTMLElement>('button.jp-mod-accept')?.focus();
    });
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
    const { trans, title_: title } = this;
    const { lostSince } = this.model;
    switch (state.kind) {
      case 'connected':
        return null;
      case 'checking':
      case 'connecting':
        return lostSince === null
          ? this.renderWaiting(trans.__('Connecting to %1…', title))
          : this.renderLost(lostSince, null);
      case 'lost':
        return this.renderLost(state.since, state.retryAt);
      case 'starting':
        return this.renderWaiting(trans.__('Starting %1…', title));
      case 'restarting':
        return (
          <>
            <h2>{trans.__('The display of %1 crashed', title)}</h2>
            <p>
              {state.restart
                ? trans.__(
                    'It is started again by itself (%1 of %2), with its programs anew. What they had not saved is lost.',
                    ...[state.restart.attempt, state.restart.most],
                  )
                : trans.__('It is started again by itself.')}
            </p>
          </>
        );
      case 'ended':
        return this.renderEnded(state);
      case 'missing':
        return (
          <MissingParts
            title={title}
            missing={state.missing}
            parts={state.parts}
            checkAgain={() => void this.model.start()}
            trans={trans}
          />
        );
      case 'failed':
        return (
          <>
            <h2>{trans.__('%1 could not be opened', title)}</h2>
            <p>{state.message}</p>
            {this.renderButtons(
              trans.__('Try again'),
              () => void this.model.open(true),
            )}
          </>
        );
    }
  }

  private renderEnded({
    ended,
    wasThere,
  }: Extract<DesktopState, { kind: 'ended' }>): ReactNode {
    const { trans, title_: title } = this;
    const { info, program } = this.model;
    const isFull = program === 'desktop' || info?.mode === 'desktop';
    const facts = { ended, wasThere, title, isFull };
    return (
      <>
        <h2>{endedHeading(facts, trans)}</h2>
        <p>{endedMeaning(facts, trans)}</p>
        {this.renderButtons(
          ended || wasThere ? trans.__('Start again') : trans.__('Start'),
          () => void this.model.start(),
        )}
        {ended && (
          <details open={ended.cause !== 'closed' && ended.cause !== 'told'}>
            <summary>{trans.__('The last lines that it wrote')}</summary>
            <pre tabIndex={0}>{[...ended.output, ended.reason].join('\n')}</pre>
          </details>
        )}
      </>
    );
  }

  private renderLost(since: number, retryAt: number | null): ReactNode {
    return (
      <LostNotice
        since={since}
        retryAt={retryAt}
        retry={() => void this.model.retry()}
        trans={this.trans}
      />
    );
  }

  private renderWaiting(text: string): ReactNode {
    return <p className="bt-Desktop-waiting">{text}</p>;
  }

  private renderButtons(act: string, run: () => void): ReactNode {
    return (
      <div className="bt-Desktop-buttons">
        <button className="jp-mod-styled jp-mod-accept" onClick={run}>
          {act}
        </button>
        <button className="jp-mod-styled" onClick={this.close_}>
          {this.trans.__('Close tab')}
        </button>
      </div>
    );
  }

  private readonly onModelChanged = () => {
    this.setHidden(this.model.state.kind === 'connected');
    this.node.dataset['over'] =
      this.model.lostSince === null ? 'nothing' : 'picture';
    this.update();
  };
}
