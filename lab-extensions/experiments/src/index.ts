import {
  ExperimentSelection,
  IExperimentSelection,
} from '@beamtime/experiment-selection';
import {
  ILayoutRestorer,
  IRouter,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { PageConfig } from '@jupyterlab/coreutils';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator } from '@jupyterlab/translation';
// eslint-disable-next-line jupyter/prefer-lazy-imports -- the sidebar is there at once.
import { ExperimentActions } from './actions.js';
import { addAddress } from './address.js';
// eslint-disable-next-line jupyter/prefer-lazy-imports -- the sidebar is there at once.
import { addCommands, addPanelCommands, PALETTE } from './commands.js';
import { connectCatalogue, connectSession } from './connection.js';
// eslint-disable-next-line jupyter/prefer-lazy-imports -- the sidebar is there at once.
import { labOf } from './lab.js';
// eslint-disable-next-line jupyter/prefer-lazy-imports -- the sidebar is there at once.
import { beginAsLeft, ExperimentList } from './list.js';
import { ExperimentMarks } from './marks.js';
import { memoryOf } from './memory.js';
import { openMenu } from './menu.js';
// eslint-disable-next-line jupyter/prefer-lazy-imports -- the sidebar is there at once.
import { ExperimentPanel } from './panel.js';
import { SessionExperiments } from './session.js';
// eslint-disable-next-line jupyter/prefer-lazy-imports -- the layout restorer needs them at once.
import { ExperimentTabs } from './tabs.js';
import {
  CommandIDs,
  IExperimentCatalogue,
  IExperimentMarks,
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

/** Remembers favourites and what was opened last. */
const marks: JupyterFrontEndPlugin<IExperimentMarks> = {
  id: '@beamtime/experiments:marks',
  description: 'Provides favourite experiments and those opened last.',
  autoStart: true,
  requires: [IExperimentCatalogue],
  optional: [IStateDB],
  provides: IExperimentMarks,
  activate: (
    _app: JupyterFrontEnd,
    catalogue: IExperimentCatalogue,
    state: IStateDB | null,
  ) => new ExperimentMarks(catalogue, memoryOf(state, 'marks')),
};

/** Opens experiments, their folders, files and notebooks. */
const opener: JupyterFrontEndPlugin<void> = {
  id: '@beamtime/experiments:opener',
  description: 'Opens an experiment in a tab, and what belongs to it.',
  autoStart: true,
  requires: [
    IExperimentCatalogue,
    ISessionExperiments,
    IExperimentSelection,
    IExperimentMarks,
  ],
  optional: [ITranslator, ILayoutRestorer, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    catalogue: IExperimentCatalogue,
    session: ISessionExperiments,
    selection: IExperimentSelection,
    marks: IExperimentMarks,
    translator: ITranslator | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
  ) => {
    const { commands, shell } = app;
    const words = wordsOf(translator);
    const actions = new ExperimentActions(
      session,
      labOf(app, catalogue, words.trans),
      (key) => catalogue.get(key, new AbortController().signal),
      words.trans,
    );
    const tabs = new ExperimentTabs(
      catalogue,
      session,
      selection,
      marks,
      actions,
      words,
    );
    addCommands(commands, words, {
      actions,
      marks,
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
    selection.changed.connect(() => commands.notifyCommandChanged());
    const category = words.trans.__('Experiments');
    for (const [command, args] of PALETTE) {
      palette?.addItem({ command, category, args });
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
  requires: [IExperimentCatalogue, ISessionExperiments, IExperimentMarks],
  optional: [ITranslator, ILayoutRestorer, IStateDB, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    catalogue: IExperimentCatalogue,
    session: ISessionExperiments,
    marks: IExperimentMarks,
    translator: ITranslator | null,
    restorer: ILayoutRestorer | null,
    state: IStateDB | null,
    palette: ICommandPalette | null,
  ) => {
    const { commands, shell } = app;
    const words = wordsOf(translator);
    const list = new ExperimentList(catalogue, marks);
    const run = (command: string) => (key: string) =>
      void commands.execute(command, { key });
    const widget = new ExperimentPanel(PANEL_ID, {
      list,
      session,
      marks,
      words,
      actions: {
        open: run(CommandIDs.openExperiment),
        add: run(CommandIDs.addToSession),
        favourite: run(CommandIDs.toggleFavourite),
        menu: (key, x, y) => openMenu(commands, key, x, y),
      },
    });
    addPanelCommands(commands, words, {
      show: () => shell.activateById(PANEL_ID),
      refresh: () => list.refresh(),
    });
    const category = words.trans.__('Experiments');
    for (const command of [CommandIDs.search, CommandIDs.refresh]) {
      palette?.addItem({ command, category });
    }
    shell.add(widget, 'left', { rank: 120 });
    restorer?.add(widget, widget.id);
    void beginAsLeft(list, memoryOf(state, 'view'));
  },
};

/** Opens what the page's address names. */
const address: JupyterFrontEndPlugin<void> = {
  id: '@beamtime/experiments:address',
  description: 'Opens the experiment of /lab?beamtime-experiment=KEY.',
  autoStart: true,
  requires: [IRouter, ISessionExperiments],
  activate: addAddress,
};

export default [selection, catalogue, session, marks, opener, panel, address];
