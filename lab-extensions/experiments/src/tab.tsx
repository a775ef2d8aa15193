import type { Experiment } from '@beamtime/contract';
import { ReactWidget } from '@jupyterlab/ui-components';
import type { ExperimentDetails } from './details.js';
import { DetailsView } from './detailsview.js';
import { experimentsIcon } from './icons.js';
import type { ISessionExperiments } from './tokens.js';
import type { Words } from './words.js';

/** What can be done with a file, by its path below the experiment's folder. */
export interface FileActions {
  openFile: (relPath: string) => void;
  insertCode: (relPath: string) => void;
  newNotebook: (relPath: string) => void;
  copyPath: (relPath: string) => void;
}

/** What a tab can ask for; each says itself if it fails. */
export interface TabActions extends FileActions {
  add: () => void;
  copy: (text: string) => void;
}

/** An experiment in the main area. Owns its details. */
export class ExperimentTab extends ReactWidget {
  constructor(
    readonly details: ExperimentDetails,
    private readonly session: ISessionExperiments,
    private readonly words: Words,
    private readonly actions: TabActions,
  ) {
    super();
    this.addClass('bt-Experiment');
    this.title.icon = experimentsIcon;
    this.title.label =
      session.links.get(details.key)?.slug ?? words.trans.__('Experiment');
    // With `this` as second argument, Widget.dispose() disconnects both.
    details.changed.connect(() => this.onChanged(), this);
    session.changed.connect(() => this.update(), this);
    void details.refresh();
  }

  /** The experiment, once it is known. */
  get experiment(): Experiment | null {
    const { experiment } = this.details;
    return experiment.kind === 'loaded' ? experiment.value : null;
  }

  override dispose(): void {
    this.details.dispose();
    super.dispose();
  }

  protected override render() {
    return (
      <DetailsView
        details={this.details}
        session={this.session}
        words={this.words}
        actions={this.actions}
      />
    );
  }

  private onChanged(): void {
    const { experiment } = this;
    if (experiment) {
      this.title.label = `${experiment.proposal} ${experiment.instrument.name}`;
      this.title.caption = experiment.title;
    }
    this.update();
  }
}
