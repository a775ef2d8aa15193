import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { createRef } from 'react';
import { experimentsIcon } from './icons.js';
import type { ExperimentList } from './list.js';
import { PanelView } from './panelview.js';
import type { ISessionExperiments } from './tokens.js';
import type { Words } from './words.js';

/** The sidebar in which the person finds an experiment. Owns its list. */
export class ExperimentPanel extends ReactWidget {
  private readonly search = createRef<HTMLInputElement>();
  private readonly cards = createRef<HTMLDivElement>();

  constructor(
    id: string,
    private readonly list: ExperimentList,
    private readonly session: ISessionExperiments,
    private readonly words: Words,
    private readonly onOpen: (key: string) => void,
  ) {
    super();
    this.id = id;
    this.addClass('bt-Panel');
    this.title.icon = experimentsIcon;
    this.title.caption = words.trans.__('Experiments');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', words.trans.__('Experiments'));
    // With `this` as second argument, Widget.dispose() disconnects both.
    const update = () => this.update();
    list.changed.connect(update, this);
    session.changed.connect(update, this);
    void list.refresh();
  }

  /** Puts the cursor into the search field. */
  focusSearch(): void {
    this.search.current?.focus();
  }

  override dispose(): void {
    this.list.dispose();
    super.dispose();
  }

  protected override onActivateRequest(msg: Message): void {
    super.onActivateRequest(msg);
    this.focusSearch();
  }

  protected override render() {
    return (
      <PanelView
        list={this.list}
        session={this.session}
        words={this.words}
        onOpen={this.onOpen}
        search={this.search}
        cards={this.cards}
      />
    );
  }
}
