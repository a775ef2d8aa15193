import type { MainAreaWidget } from '@jupyterlab/apputils';
import type { CommandRegistry } from '@lumino/commands';
import type {
  ReadonlyJSONObject,
  ReadonlyPartialJSONObject,
} from '@lumino/coreutils';
import type { ExperimentActions } from './actions.js';
import { experimentsIcon } from './icons.js';
import type { ExperimentTab } from './tab.js';
import { CommandIDs, type IExperimentMarks } from './tokens.js';
import type { Words } from './words.js';

/** What the commands need; `current` is the key of the selected experiment. */
export interface CommandContext {
  actions: ExperimentActions;
  marks: IExperimentMarks;
  current: () => string | null;
  open: (key: string, activate: boolean) => MainAreaWidget<ExperimentTab>;
  showPanel: () => void;
}

/** What the palette offers, for the experiment that is selected. */
export const PALETTE: readonly (readonly [string, ReadonlyJSONObject])[] = [
  [CommandIDs.openExperiment, {}],
  [CommandIDs.showFolder, { folder: 'raw' }],
  [CommandIDs.showFolder, { folder: 'processed' }],
  [CommandIDs.newNotebook, {}],
  [CommandIDs.addToSession, {}],
  [CommandIDs.toggleFavourite, {}],
  [CommandIDs.copyPath, {}],
];

type Args = ReadonlyPartialJSONObject;

/** Adds the commands, for the palette, the menus, the toolbar and other extensions. */
export function addCommands(
  commands: CommandRegistry,
  { trans }: Words,
  { actions, marks, current, open, showPanel }: CommandContext,
): void {
  const text = (description: string) => ({ type: 'string', description });
  const key = text(trans.__('Key of the experiment, source:id'));
  const relPath = text(trans.__('Path below the experiment’s folder'));
  const wanted = (args: Args) => textOf(args, 'key') ?? current();

  /** A command for the experiment that is named, or else selected. */
  const add = (
    id: string,
    label: string | ((args: Args) => string),
    run: (key: string, args: Args) => Promise<void>,
    properties: Record<string, object> = {},
    more: Partial<CommandRegistry.ICommandOptions> = {},
  ) =>
    commands.addCommand(id, {
      label,
      describedBy: {
        args: { type: 'object', properties: { key, ...properties } },
      },
      isEnabled: (args) => wanted(args) !== null,
      execute: async (args) => {
        const experiment = wanted(args);
        if (experiment !== null) {
          await run(experiment, args);
        }
      },
      ...more,
    });

  commands.addCommand(CommandIDs.openExperiment, {
    label: (args) =>
      textOf(args, 'key') === null
        ? trans.__('Open Experiment…')
        : trans.__('Open'),
    icon: experimentsIcon,
    describedBy: {
      args: {
        type: 'object',
        properties: {
          key,
          activate: {
            type: 'boolean',
            description: trans.__('Whether the tab comes to the front'),
          },
        },
      },
    },
    execute: (args) => {
      const named = textOf(args, 'key');
      if (named === null) {
        showPanel();
        return undefined;
      }
      const isNew = args['activate'] !== false;
      if (isNew) {
        void marks.opened(named);
      }
      return open(named, isNew);
    },
  });
  add(
    CommandIDs.newNotebook,
    trans.__('New Notebook for the Experiment'),
    (experiment, args) =>
      actions.newNotebook(experiment, textOf(args, 'relPath')),
    { relPath },
    { caption: trans.__('Make a notebook in the processed folder') },
  );
  add(
    CommandIDs.showFolder,
    (args) =>
      args['folder'] === 'raw'
        ? trans.__('Show the Raw Data of the Experiment')
        : trans.__('Show the Processed Data of the Experiment'),
    (experiment, args) =>
      actions.showFolder(
        experiment,
        args['folder'] === 'raw' ? 'raw' : 'processed',
      ),
    { folder: { enum: ['raw', 'processed'] } },
  );
  add(
    CommandIDs.openFile,
    trans.__('Open a File of the Experiment'),
    async (experiment, args) => {
      const file = textOf(args, 'relPath');
      if (file !== null) {
        await actions.openFile(experiment, file, textOf(args, 'path'));
      }
    },
    { relPath, path: text(trans.__('Path in the HDF5 file')) },
  );
  add(
    CommandIDs.insertCode,
    trans.__('Insert Code That Reads a File of the Experiment'),
    async (experiment, args) => {
      const file = textOf(args, 'relPath');
      if (file !== null) {
        await actions.insertCode(experiment, file);
      }
    },
    { relPath },
  );
  add(
    CommandIDs.addToSession,
    trans.__('Add the Experiment to This Session'),
    (experiment) => actions.add(experiment),
  );
  add(
    CommandIDs.toggleFavourite,
    trans.__('Favourite Experiment'),
    (experiment) => marks.mark(experiment, !marks.favourites.has(experiment)),
    {},
    {
      isToggled: (args) => {
        const experiment = wanted(args);
        return experiment !== null && marks.favourites.has(experiment);
      },
    },
  );
  add(
    CommandIDs.copyPath,
    trans.__('Copy the Path of the Experiment'),
    (experiment) => actions.copyPath(experiment),
  );
}

/** Adds the commands of the panel. */
export function addPanelCommands(
  commands: CommandRegistry,
  { trans }: Words,
  { show, refresh }: { show: () => void; refresh: () => Promise<void> },
): void {
  const describedBy = { args: { type: 'object', properties: {} } };
  commands.addCommand(CommandIDs.search, {
    label: trans.__('Search Experiments'),
    describedBy,
    execute: show, // Its cursor is in the search then.
  });
  commands.addCommand(CommandIDs.refresh, {
    label: trans.__('Ask for the Experiments Again'),
    describedBy,
    execute: refresh,
  });
}

/** The argument of that name, if it is a text with something in it. */
function textOf(args: Args, name: string): string | null {
  const value = args[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
