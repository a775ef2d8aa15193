import { experimentKey, type Experiment } from '@beamtime/contract';
import { Token } from '@lumino/coreutils';
import { Signal, type ISignal } from '@lumino/signaling';

/** The experiment that the person works on, shared by all lab extensions. */
export interface IExperimentSelection {
  readonly current: Experiment | null;
  /** Emits when another experiment, or none, is selected. */
  readonly changed: ISignal<IExperimentSelection, Experiment | null>;
  select(experiment: Experiment | null): void;
}

export const IExperimentSelection = new Token<IExperimentSelection>(
  '@beamtime/experiment-selection:IExperimentSelection',
  'The experiment that the person works on.',
);

export class ExperimentSelection implements IExperimentSelection {
  private selected: Experiment | null = null;
  private readonly _changed = new Signal<this, Experiment | null>(this);

  get current(): Experiment | null {
    return this.selected;
  }

  get changed(): ISignal<this, Experiment | null> {
    return this._changed;
  }

  select(experiment: Experiment | null): void {
    const before = this.selected && experimentKey(this.selected.ref);
    // A newer record of the same experiment is kept, but it is no other selection.
    this.selected = experiment;
    if (before !== (experiment && experimentKey(experiment.ref))) {
      this._changed.emit(experiment);
    }
  }
}
