import { ReactWidget, ToolbarButton } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { DocumentWidget } from '@jupyterlab/docregistry';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { TranslationBundle } from '@jupyterlab/translation';
import { refreshIcon } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { lazy, Suspense } from 'react';

import { describeFailure } from './messages.js';
import type { ViewerModel } from './viewer-model.js';
import type { Failure } from './worker/protocol.js';

const H5Web = lazy(() => import('./h5web.js'));

/** Shows one file. Owns its model. */
export class Hdf5Viewer extends ReactWidget {
  /**
   * @param nameOf - The file's name now; it may be renamed.
   * @param askAbove - Bytes up to which a value is read without asking.
   */
  constructor(
    private readonly model: ViewerModel,
    private readonly nameOf: () => string,
    private readonly askAbove: () => number,
    private readonly trans: TranslationBundle,
  ) {
    super();
    this.addClass('bt-Hdf5Viewer');
    model.changed.connect(() => this.update(), this);
    void model.open();
  }

  /** Reads the file again from the server; for one that grows, and after a failure. */
  refresh(): void {
    void this.model.open();
  }

  override dispose(): void {
    this.model.dispose();
    super.dispose();
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    this.node.tabIndex = -1;
    this.node.focus();
  }

  protected override render() {
    const { state } = this.model;
    const name = this.nameOf();
    const opening = (
      <p role="status" className="bt-Hdf5Viewer-opening">
        {this.trans.__('Opening %1 …', name)}
      </p>
    );
    switch (state.kind) {
      case 'opening':
        return opening;
      case 'failed':
        return this.renderFailure(state.failure, name);
      case 'open':
        return (
          <Suspense fallback={opening}>
            <H5Web
              name={name}
              reader={state.reader}
              askAbove={this.askAbove}
              trans={this.trans}
              opening={opening}
            />
          </Suspense>
        );
    }
  }

  private renderFailure(failure: Failure, name: string) {
    const { title, advice } = describeFailure(failure, name, this.trans);
    return (
      <div role="alert" className="bt-Hdf5Viewer-failure">
        <h2>{title}</h2>
        <p>{advice}</p>
        <button
          type="button"
          className="jp-mod-styled jp-mod-accept"
          onClick={() => this.refresh()}
        >
          {this.trans.__('Try again')}
        </button>
      </div>
    );
  }
}

/** The tab of one file, with its toolbar. */
export class Hdf5Document extends DocumentWidget<Hdf5Viewer> {
  constructor(
    context: DocumentRegistry.Context,
    model: ViewerModel,
    askAbove: () => number,
    trans: TranslationBundle,
  ) {
    const nameOf = () => PathExt.basename(context.localPath);
    super({ context, content: new Hdf5Viewer(model, nameOf, askAbove, trans) });
    this.addClass('bt-Hdf5Document');
    // Nothing is saved, so there is nothing to go back to. JupyterLab would ask for each tab,
    // and the server make a folder for it beside the data, or complain that it cannot.
    context.listCheckpoints = () => Promise.resolve([]);
    this.toolbar.addItem(
      'refresh',
      new ToolbarButton({
        icon: refreshIcon,
        label: trans.__('Refresh'),
        tooltip: trans.__(
          'Read the file again, with what was written to it since',
        ),
        onClick: () => this.content.refresh(),
      }),
    );
    context.pathChanged.connect(() => this.content.refresh(), this);
  }
}
