import { experimentKey, type Experiment } from '@beamtime/contract';
import type { IExperimentSelection } from '@beamtime/experiment-selection';
import { MainAreaWidget, WidgetTracker } from '@jupyterlab/apputils';
import {
  copyIcon,
  folderIcon,
  notebookIcon,
  Toolbar,
  ToolbarButton,
  type LabIcon,
} from '@jupyterlab/ui-components';
import type { ExperimentActions } from './actions.js';
import { ExperimentDetails } from './details.js';
import { FavouriteButton } from './favourite.js';
import { ExperimentTab } from './tab.js';
import type {
  IExperimentCatalogue,
  IExperimentMarks,
  ISessionExperiments,
} from './tokens.js';
import type { Words } from './words.js';

/** The experiments that are open in the main area: one tab for each. */
export class ExperimentTabs {
  readonly tracker = new WidgetTracker<MainAreaWidget<ExperimentTab>>({
    namespace: 'beamtime-experiments',
  });

  constructor(
    private readonly catalogue: IExperimentCatalogue,
    private readonly session: ISessionExperiments,
    private readonly selection: IExperimentSelection,
    private readonly marks: IExperimentMarks,
    private readonly actions: ExperimentActions,
    private readonly words: Words,
  ) {
    // The last experiment stays selected while a notebook or file is in front.
    this.tracker.currentChanged.connect((_, widget) => {
      this.select(widget?.content.experiment ?? null);
    });
  }

  /** The key of the selected experiment. */
  get current(): string | null {
    const { current } = this.selection;
    return current && experimentKey(current.ref);
  }

  /**
   * The tab of an experiment; one that is new is not attached yet.
   *
   * @param key - `source:id`.
   */
  of(key: string): MainAreaWidget<ExperimentTab> {
    return (
      this.tracker.find(({ content }) => content.details.key === key) ??
      this.make(key)
    );
  }

  private make(key: string): MainAreaWidget<ExperimentTab> {
    const { actions, session, words } = this;
    const details = new ExperimentDetails(key, this.catalogue);
    const content = new ExperimentTab(details, session, words, {
      openFile: (relPath) => void actions.openFile(key, relPath),
      insertCode: (relPath) => void actions.insertCode(key, relPath),
      newNotebook: (relPath) => void actions.newNotebook(key, relPath),
      copyPath: (relPath) => void actions.copyPath(key, relPath),
      add: () => void actions.add(key),
      copy: (text) => actions.copy(text),
    });
    const widget = new MainAreaWidget({ content });
    widget.id = `beamtime-experiment-${key}`;
    widget.title.closable = true;
    this.fill(widget);
    details.changed.connect(() => {
      if (this.tracker.currentWidget === widget) {
        this.select(content.experiment);
      }
    });
    void this.tracker.add(widget);
    return widget;
  }

  private fill({ content, toolbar }: MainAreaWidget<ExperimentTab>): void {
    const { actions } = this;
    const { trans } = this.words;
    const { key } = content.details;
    const add = (
      name: string,
      icon: LabIcon,
      label: string,
      tooltip: string,
      run: () => void,
    ) => {
      const onClick = () => {
        button.pressed = false; // Lab's buttons toggle by themselves.
        run();
      };
      const button = new ToolbarButton({ icon, label, tooltip, onClick });
      toolbar.addItem(name, button);
    };
    toolbar.addClass('bt-Experiment-toolbar');
    toolbar.node.setAttribute('aria-label', trans.__('Experiment'));
    add(
      'raw',
      folderIcon,
      trans.__('Raw data'),
      trans.__('Show the raw data in the file browser'),
      () => void actions.showFolder(key, 'raw'),
    );
    add(
      'processed',
      folderIcon,
      trans.__('Processed'),
      trans.__('Show the processed data in the file browser'),
      () => void actions.showFolder(key, 'processed'),
    );
    add(
      'notebook',
      notebookIcon,
      trans.__('New notebook'),
      trans.__('Make a notebook in the processed folder'),
      () => void actions.newNotebook(key),
    );
    add(
      'copy',
      copyIcon,
      trans.__('Copy path'),
      trans.__('Copy the path of the data, for a script or a terminal'),
      () => void actions.copyPath(key),
    );
    toolbar.addItem('space', Toolbar.createSpacerItem());
    toolbar.addItem(
      'favourite',
      new FavouriteButton(key, this.marks, this.words.trans),
    );
  }

  private select(experiment: Experiment | null): void {
    if (experiment) {
      this.selection.select(experiment);
    }
  }
}
