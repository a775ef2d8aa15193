import {
  CommandToolbarButton,
  ReactWidget,
  ToolbarButton,
} from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { DocumentWidget } from '@jupyterlab/docregistry';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { TranslationBundle } from '@jupyterlab/translation';
import { codeIcon, copyIcon, refreshIcon } from '@jupyterlab/ui-components';
import type { LabIcon } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import type { Message } from '@lumino/messaging';
import { lazy, Suspense } from 'react';

import type { Shown } from './code.js';
import { describeFailure } from './messages.js';
import { Live } from './live.js';
import type { ViewerModel } from './viewer-model.js';
import type { Failure } from './worker/protocol.js';

const H5Web = lazy(() => import('./h5web.js'));

/** Shows one file. Owns its model. */
export class Hdf5Viewer extends ReactWidget {
  private start = { path: '/', count: 0 };
  private drawn: Shown | null = null;
  private readonly onShown = (shown: Shown) => {
    this.drawn = shown;
  };

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

  /** What is drawn of the file; null if nothing is. */
  get shown(): Shown | null {
    return this.drawn;
  }

  /** Path of what is selected in the tree. */
  get selectedPath(): string {
    const selected = this.node.querySelector<HTMLElement>(
      '[role="treeitem"][aria-selected="true"]',
    );
    return selected?.dataset['path'] ?? '/';
  }

  /** Shows what stands at a path in the file. */
  openAt(path: string): void {
    this.start = { path, count: this.start.count + 1 };
    this.update();
  }

  /** Reads the file again from the server; for one that grows, and after a failure. */
  refresh(): Promise<void> {
    return this.model.open();
  }

  override dispose(): void {
    this.model.dispose();
    super.dispose();
  }

  /** Shows what was written to the file since, and stays at the same place. */
  renew(): Promise<void> {
    return this.model.renew();
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
              start={this.start}
              renewed={this.model.renewed}
              askAbove={this.askAbove}
              onShown={this.onShown}
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
          onClick={() => void this.refresh()}
        >
          {this.trans.__('Try again')}
        </button>
      </div>
    );
  }
}

/** The tab of one file, with its toolbar. */
export class Hdf5Document extends DocumentWidget<Hdf5Viewer> {
  private live: Live | null = null;

  constructor(
    context: DocumentRegistry.Context,
    model: ViewerModel,
    askAbove: () => number,
    stamp: () => Promise<string>,
    commands: CommandRegistry,
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
        onClick: () => void this.content.refresh(),
      }),
    );
    this.addLiveSwitch(stamp, trans);
    const buttons: [string, LabIcon, string][] = [
      ['copy-path', copyIcon, trans.__('Copy path')],
      ['insert-code', codeIcon, trans.__('Insert code')],
    ];
    for (const [name, icon, label] of buttons) {
      this.toolbar.addItem(
        name,
        new CommandToolbarButton({
          commands,
          id: `beamtime-hdf5:${name}`,
          icon,
          label,
        }),
      );
    }
    context.pathChanged.connect(() => void this.content.refresh(), this);
  }

  override dispose(): void {
    this.live?.dispose();
    super.dispose();
  }

  private addLiveSwitch(
    stamp: () => Promise<string>,
    trans: TranslationBundle,
  ): void {
    const live = new Live({
      stamp,
      read: () => this.content.renew(),
      isSeen: () => this.isVisible && document.visibilityState === 'visible',
    });
    this.live = live;
    const button = new ToolbarButton({
      label: trans.__('Live'),
      tooltip: trans.__('Follow the file while it is written'),
      pressedTooltip: trans.__('Followed: press to stay with what is here'),
      onClick: () => live.toggle(),
    });
    live.changed.connect((_, isOn) => (button.pressed = isOn));
    this.toolbar.addItem('live', button);
  }

  /** A link `file.h5#/entry/data` leads to that path in the file. */
  override setFragment(fragment: string): void {
    const path = decodeURIComponent(fragment.replace(/^#/, ''));
    if (path.startsWith('/')) {
      this.content.openAt(path);
    }
  }
}
