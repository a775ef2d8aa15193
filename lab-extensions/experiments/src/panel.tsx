import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { createRef, type MutableRefObject } from 'react';
import { experimentsIcon } from './icons.js';
import type { ListProps } from './listview.js';
import { PanelView } from './panelview.js';

/** The sidebar in which the person finds an experiment. Owns its list. */
export class ExperimentPanel extends ReactWidget {
  private readonly search = createRef<HTMLInputElement>();
  private readonly cards: MutableRefObject<HTMLDivElement | null> = {
    current: null,
  };

  constructor(
    id: string,
    private readonly props: ListProps,
  ) {
    super();
    const { list, session, marks, words } = props;
    this.id = id;
    this.addClass('bt-Panel');
    this.title.icon = experimentsIcon;
    this.title.caption = words.trans.__('Experiments');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', words.trans.__('Experiments'));
    // With `this` as second argument, Widget.dispose() disconnects all.
    const update = () => this.update();
    for (const part of [list, session, marks]) {
      part.changed.connect(update, this);
    }
  }

  /** Puts the cursor into the search field. */
  focusSearch(): void {
    this.search.current?.focus();
  }

  override dispose(): void {
    this.props.list.dispose();
    super.dispose();
  }

  protected override onActivateRequest(msg: Message): void {
    super.onActivateRequest(msg);
    this.focusSearch();
  }

  protected override render() {
    return (
      <PanelView {...this.props} search={this.search} cards={this.cards} />
    );
  }
}
