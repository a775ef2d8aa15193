import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from '@jupyterlab/application';
import { ICommandPalette, WidgetTracker } from '@jupyterlab/apputils';
import { ILauncher } from '@jupyterlab/launcher';
import { ServerConnection } from '@jupyterlab/services';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { DesktopClient } from './client.js';
// Activation needs it at once; the large part, noVNC, comes with the first picture.
// eslint-disable-next-line jupyter/prefer-lazy-imports
import { addCommands, CommandIDs, type DesktopTab } from './commands.js';
import { programTitles } from './words.js';

/** Opens desktops in tabs, and finds them again after a reload of the page. */
const desktops: JupyterFrontEndPlugin<void> = {
  id: '@beamtime/desktop:desktops',
  description: 'Opens desktops and programs with a window in tabs.',
  autoStart: true,
  optional: [ITranslator, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    translator: ITranslator | null,
    restorer: ILayoutRestorer | null,
  ) => {
    const trans = (translator ?? nullTranslator).load('beamtime_lab');
    const tracker = new WidgetTracker<DesktopTab>({
      namespace: 'beamtime-desktop',
    });
    const settings = app.serviceManager.serverSettings;
    const client = new DesktopClient(settings, (url, init) =>
      ServerConnection.makeRequest(url, init, settings),
    );
    addCommands(app, tracker, client, trans);
    void restorer?.restore(tracker, {
      command: CommandIDs.open,
      name: ({ content }) => content.model.name,
      args: ({ content: { model } }) => ({
        desktop: model.name,
        program: model.program,
        restored: true,
      }),
    });
  },
};

/** Offers the programs. Disable it to offer them in another way. */
const cards: JupyterFrontEndPlugin<void> = {
  id: '@beamtime/desktop:cards',
  description: 'Adds programs with a window to the launcher and the palette.',
  autoStart: true,
  optional: [ITranslator, ILauncher, ICommandPalette],
  activate: (
    _app: JupyterFrontEnd,
    translator: ITranslator | null,
    launcher: ILauncher | null,
    palette: ICommandPalette | null,
  ) => {
    const trans = (translator ?? nullTranslator).load('beamtime_lab');
    const category = trans.__('Programs with a window');
    const command = CommandIDs.open;
    Object.keys(programTitles(trans)).forEach((program, rank) => {
      launcher?.add({ command, args: { program }, category, rank });
      const args = { program, isPalette: true };
      palette?.addItem({ command, args, category });
    });
  },
};

export default [desktops, cards];
