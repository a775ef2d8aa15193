import type { MainAreaWidget } from '@jupyterlab/apputils';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { ExperimentActions } from './actions.js';
import { experimentsIcon } from './icons.js';
import type { ExperimentTab } from './tab.js';
import { CommandIDs } from './tokens.js';
import type { Words } from './words.js';

/** What the commands need; `current` is the key of the selected experiment. */
export interface CommandContext {
  actions: ExperimentActions;
  current: () => string | null;
  open: (key: string, activate: boolean) => MainAreaWidget<ExperimentTab>;
  showPanel: () => void;
}

/** Adds the commands, for the palette, the toolbar and other extensions. */
export function addCommands(
  commands: CommandRegistry,
  { trans }: Words,
  { actions, current, open, showPanel }: CommandContext,
): void {
  const key = {
    type: 'string',
    description: trans.__('Key of the experiment, source:id'),
  };
  const wanted = (args: ReadonlyPartialJSONObject) =>
    textOf(args, 'key') ?? current();

  commands.addCommand(CommandIDs.openExperiment, {
    label: trans.__('Open Experiment…'),
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
      return open(named, args['activate'] !== false);
    },
  });
  commands.addCommand(CommandIDs.newNotebook, {
    label: trans.__('New Notebook for the Experiment'),
    caption: trans.__('Make a notebook in the processed folder'),
    describedBy: { args: { type: 'object', properties: { key } } },
    isEnabled: (args) => wanted(args) !== null,
    execute: async (args) => {
      const experiment = wanted(args);
      if (experiment !== null) {
        await actions.newNotebook(experiment);
      }
    },
  });
  commands.addCommand(CommandIDs.showFolder, {
    label: trans.__('Show a Folder of the Experiment'),
    describedBy: {
      args: {
        type: 'object',
        properties: { key, folder: { enum: ['raw', 'processed'] } },
      },
    },
    isEnabled: (args) => wanted(args) !== null,
    execute: async (args) => {
      const experiment = wanted(args);
      if (experiment !== null) {
        const raw = args['folder'] === 'raw';
        await actions.showFolder(experiment, raw ? 'raw' : 'processed');
      }
    },
  });
  commands.addCommand(CommandIDs.openFile, {
    label: trans.__('Open a File of the Experiment'),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          key,
          relPath: {
            type: 'string',
            description: trans.__('Path below the experiment’s folder'),
          },
        },
        required: ['relPath'],
      },
    },
    isEnabled: (args) => wanted(args) !== null,
    execute: async (args) => {
      const experiment = wanted(args);
      const relPath = textOf(args, 'relPath');
      if (experiment !== null && relPath !== null) {
        await actions.openFile(experiment, relPath);
      }
    },
  });
}

/** The argument of that name, if it is a text with something in it. */
function textOf(args: ReadonlyPartialJSONObject, name: string): string | null {
  const value = args[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
