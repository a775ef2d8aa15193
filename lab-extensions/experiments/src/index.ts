import {
  ExperimentSelection,
  IExperimentSelection,
} from '@beamtime/experiment-selection';
import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { PageConfig } from '@jupyterlab/coreutils';
import { ITranslator } from '@jupyterlab/translation';
import { ExperimentActions } from './actions.js';
import { addCommands } from './commands.js';
import { connectCatalogue, connectSession } from './connection.js';
import { ExperimentList } from './list.js';
// eslint-disable-next-line jupyter/prefer-lazy-imports -- the sidebar is there at once.
import { ExperimentPanel } from './panel.js';
import { SessionExperiments } from './session.js';
// eslint-disable-next-line jupyter/prefer-lazy-imports -- the layout restorer needs them at once.
import { ExperimentTabs } from './tabs.js';
import {
  CommandIDs,
  IExperimentCatalogue,
  ISessionExperiments,
} from './tokens.js';
import { wordsOf } from './words.js';

const PANEL_ID = 'beamtime-experiments';

/** Holds the selected experiment. Replace it to select in another way. */
const selection: JupyterFrontEndPlugin<IExperimentSelection> = {
  id: '@beamtime/experiments:selection',
  description: 'Provides the experiment that the person works on.',
  autoStart: true,
  provides: IExperimentSelection,
  activate: () => new ExperimentSelection(),
};

/** Asks the experiment service. Replace it to ask somebody else. */
const catalogue: JupyterFrontEndPlugin<IExperimentCatalogue> = {
  id: '@beamtime/experiments:catalogue',
  description: 'Provides the experiments that the person may see.',
  autoStart: true,
  provides: IExperimentCatalogue,
  activate: (app: JupyterFrontEnd) =>
    connectCatalogue(
      PageConfig.getOption('beamtimeUrl'),
      document.location.href,
      app.serviceManager.serverSettings,
    ),
};

/** Knows and makes the links of this session. */
const session: JupyterFrontEndPlugin<ISessionExperiments> = {
  id: '@beamtime/experiments:session',
  description: 'Provides the experiments whose folders are in this session.',
  autoStart: true,
  provides: ISessionExperiments,
  activate: (app: JupyterFrontEnd) => {
    const experiments = new SessionExperiments(
      connectSession(app.serviceManager.serverSettings),
    );
    void experiments.refresh();
    return experiments;
  },
};

/** Opens experiments, their folders, files and notebooks. */
const opener: JupyterFrontEndPlugin<void> = {
  id: '@beamtime/experiments:opener',
  description: 'Opens an experiment in a tab, and what belongs to it.',
  autoStart: true,
  requires: [IExperimentCatalogue, ISessionExperiments, IExperimentSelection],
  optional: [ITranslator, ILayoutRestorer, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    catalogue: IExperimentCatalogue,
    session: ISessionExperiments,
    selection: IExperimentSelection,
    translator: ITranslator | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
  ) => {
    const { commands, serviceManager, shell } = app;
    const words = wordsOf(translator);
    const lab = {
      commands,
      kernelspecs: serviceManager.kernelspecs,
      complain: (message: string) => {
        Notification.error(message, { autoClose: false });
      },
    };
    const actions = new ExperimentActions(session, lab, words.trans);
    const tabs = new ExperimentTabs(
      catalogue,
      session,
      selection,
      actions,
      words,
    );
    addCommands(commands, words, {
      actions,
      current: () => tabs.current,
      open: (key, activate) => {
        const widget = tabs.of(key);
        if (!widget.isAttached) {
          shell.add(widget, 'main', { activate });
        } else if (activate) {
          shell.activateById(widget.id);
        }
        return widget;
      },
      showPanel: () => shell.activateById(PANEL_ID),
    });
    selection.changed.connect(() => {
      commands.notifyCommandChanged(CommandIDs.newNotebook);
    });
    for (const command of [CommandIDs.openExperiment, CommandIDs.newNotebook]) {
      palette?.addItem({ command, category: words.trans.__('Experiments') });
    }
    void restorer?.restore(tabs.tracker, {
      command: CommandIDs.openExperiment,
      args: ({ content }) => ({ key: content.details.key, activate: false }),
      name: ({ content }) => content.details.key,
    });
  },
};

/** Shows the experiments. Disable it and the rest of JupyterLab works on. */
const panel: JupyterFrontEndPlugin<void> = {
  id: '@beamtime/experiments:panel',
  description: 'Adds the panel of experiments to the left sidebar.',
  autoStart: true,
  requires: [IExperimentCatalogue, ISessionExperiments],
  optional: [ITranslator, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    catalogue: IExperimentCatalogue,
    session: ISessionExperiments,
    translator: ITranslator | null,
    restorer: ILayoutRestorer | null,
  ) => {
    const widget = new ExperimentPanel(
      PANEL_ID,
      new ExperimentList(catalogue),
      session,
      wordsOf(translator),
      (key) => void app.commands.execute(CommandIDs.openExperiment, { key }),
    );
    app.shell.add(widget, 'left', { rank: 120 });
    restorer?.add(widget, widget.id);
  },
};

export default [selection, catalogue, session, opener, panel];
