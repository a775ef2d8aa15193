import { Clipboard, showErrorMessage } from '@jupyterlab/apputils';
import type { WidgetTracker } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import { codeFor } from './code.js';
import type { LastNotebook } from './last-notebook.js';
import type { Hdf5Document } from './widget.js';

export const CommandIDs = {
  /** Args: `path` of the file; `at`, a path in it. */
  open: 'beamtime-hdf5:open',
  copyPath: 'beamtime-hdf5:copy-path',
  insertCode: 'beamtime-hdf5:insert-code',
} as const;

/** What the commands need. */
export interface CommandContext {
  commands: CommandRegistry;
  tracker: WidgetTracker<Hdf5Document>;
  notebook: LastNotebook;
  trans: TranslationBundle;
}

/** Adds the commands, for the toolbar, the palette and other extensions. */
export function addCommands(context: CommandContext): void {
  const { commands, tracker, notebook, trans } = context;
  const hasViewer = () => tracker.currentWidget !== null;

  commands.addCommand(CommandIDs.open, {
    label: trans.__('Open HDF5 File at…'),
    isVisible: () => false,
    describedBy: {
      args: {
        type: 'object',
        properties: {
          path: {
            type: 'string',
            description: trans.__('Path of the file, below the root folder'),
          },
          at: {
            type: 'string',
            description: trans.__('Path in the file, for instance /entry/data'),
          },
        },
        required: ['path'],
      },
    },
    execute: async ({ path, at }) => {
      const opened: unknown = await commands.execute('docmanager:open', {
        path,
      });
      const document = tracker.find((each) => each === opened);
      if (typeof at === 'string') {
        document?.content.openAt(at);
      }
      return document;
    },
  });

  commands.addCommand(CommandIDs.copyPath, {
    label: trans.__('Copy Path in the HDF5 File'),
    describedBy: { args: { type: 'object', properties: {} } },
    isEnabled: hasViewer,
    execute: () => {
      const path = tracker.currentWidget?.content.selectedPath;
      if (path !== undefined) {
        Clipboard.copyToSystem(path);
      }
    },
  });

  commands.addCommand(CommandIDs.insertCode, {
    label: trans.__('Insert Code That Reads This'),
    caption: trans.__('Into the notebook that you used last'),
    describedBy: { args: { type: 'object', properties: {} } },
    isEnabled: hasViewer,
    execute: async () => {
      const document = tracker.currentWidget;
      const shown = document?.content.shown ?? null;
      if (document === null || shown === null || notebook.path === null) {
        await showErrorMessage(
          trans.__('There is nothing to insert'),
          shown === null
            ? trans.__('Select a dataset in the viewer first.')
            : trans.__('Open the notebook first that the code is for.'),
        );
        return;
      }
      const text = codeFor(shown, document.context.localPath, notebook.path);
      // JupyterLab's own, for the notebook that was used last.
      await commands.execute('notebook:insert-cell-below', { activate: false });
      await commands.execute('notebook:replace-selection', {
        text,
        activate: false,
      });
    },
  });
}
