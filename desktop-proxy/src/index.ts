import {
  ILayoutRestorer,
  IRouter,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from '@jupyterlab/application';
import {
  ICommandPalette,
  Notification,
  WidgetTracker,
} from '@jupyterlab/apputils';
import { URLExt } from '@jupyterlab/coreutils';
import {
  IDefaultFileBrowser,
  IFileBrowserFactory,
} from '@jupyterlab/filebrowser';
import { ILauncher } from '@jupyterlab/launcher';
import { IRunningSessionManagers } from '@jupyterlab/running';
import { ServerConnection } from '@jupyterlab/services';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { IPrograms } from './applications/tokens.js';
import { agreedToShutDown } from './acts.js';
import { reportActivity } from './activity.js';
// Activation needs them at once; the large part, noVNC, comes with the first picture.
/* eslint-disable jupyter/prefer-lazy-imports */
import { addAddress } from './applications/address-command.js';
import { ProgramCatalogue } from './applications/catalogue.js';
import { ProgramIcons } from './applications/icons.js';
import { addList, LIST, type ListTab } from './applications/list-command.js';
import { extendOpenWith } from './applications/open-with.js';
import { keepTiles } from './applications/tiles.js';
import { DesktopClient } from './client.js';
import { addCommands, paletteItems } from './commands.js';
import { Directory } from './directory.js';
import { addOpen, OPEN, restoreArgs } from './open.js';
import { labelOf, runningDesktops } from './running.js';
import type { TabServices } from './services.js';
import type { DesktopTab } from './tab.js';
import { upload } from './uploads.js';

/** Opens desktops in tabs, and finds them again after a reload of the page. */
const desktops: JupyterFrontEndPlugin<IPrograms> = {
  id: '@beamtime/desktop:desktops',
  description: 'Opens desktops and programs with a window in tabs.',
  autoStart: true,
  provides: IPrograms,
  optional: [
    ITranslator,
    ILayoutRestorer,
    ICommandPalette,
    IDefaultFileBrowser,
    IRunningSessionManagers,
  ],
  activate: (
    app: JupyterFrontEnd,
    translator: ITranslator | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    browser: IDefaultFileBrowser | null,
    managers: IRunningSessionManagers | null,
  ) => {
    const trans = (translator ?? nullTranslator).load('beamtime_lab');
    const tracker = new WidgetTracker<DesktopTab>({
      namespace: 'beamtime-desktop',
    });
    const { contents, serverSettings: server } = app.serviceManager;
    const client = new DesktopClient(server, (url, init) =>
      ServerConnection.makeRequest(url, init, server),
    );
    const services: TabServices = {
      desktops: client,
      contents,
      folder: () => browser?.model.path ?? '',
      upload: (file, progress) => upload(server, file, progress, trans),
      trans,
    };
    const directory = new Directory(client);
    const programs: IPrograms = {
      catalogue: new ProgramCatalogue(client),
      icons: new ProgramIcons((path) =>
        URLExt.join(server.baseUrl, 'beamtime-desktop', path),
      ),
      directory,
    };
    addOpen(app, tracker, services, programs);
    addCommands(app, tracker, trans);
    const category = trans.__('Programs with a window');
    paletteItems().forEach((item) => palette?.addItem({ ...item, category }));
    managers?.add(
      runningDesktops({
        desktops: client,
        directory,
        open: ({ name, program }) =>
          void app.commands.execute(OPEN, {
            desktop: name,
            program: program.id,
          }),
        agreed: (desktop) => agreedToShutDown(trans, labelOf(desktop)),
        complain: (message) => Notification.error(message),
        trans,
      }),
    );
    void restorer?.restore(tracker, {
      command: OPEN,
      name: ({ content }) => content.model.name,
      args: restoreArgs,
    });
    return programs;
  },
};

/** Offers the programs. Disable it to offer them in another way. */
const tiles: JupyterFrontEndPlugin<void> = {
  id: '@beamtime/desktop:cards',
  description:
    'Adds programs with a window to the launcher and the palette, and a list of all.',
  autoStart: true,
  requires: [IPrograms],
  optional: [ITranslator, ILauncher, ICommandPalette, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    programs: IPrograms,
    translator: ITranslator | null,
    launcher: ILauncher | null,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null,
  ) => {
    const trans = (translator ?? nullTranslator).load('beamtime_lab');
    const tracker = new WidgetTracker<ListTab>({
      namespace: 'beamtime-desktop-programs',
    });
    addList(app, tracker, programs, trans);
    keepTiles(programs, launcher, palette, trans);
    void restorer?.restore(tracker, { command: LIST, name: () => 'programs' });
    void app.restored.then(() =>
      Promise.all([programs.catalogue.refresh(), programs.directory.refresh()]),
    );
  },
};

/** Opens files of the file browser with programs. */
const openWith: JupyterFrontEndPlugin<void> = {
  id: '@beamtime/desktop:open-with',
  description:
    'Adds programs with a window to "Open With" in the file browser.',
  autoStart: true,
  requires: [IPrograms, IFileBrowserFactory],
  activate: (
    app: JupyterFrontEnd,
    programs: IPrograms,
    browsers: IFileBrowserFactory,
  ) => {
    const chosen = () => {
      const items = [
        ...(browsers.tracker.currentWidget?.selectedItems() ?? []),
      ];
      const [item] = items;
      if (items.length !== 1 || !item || item.type === 'directory') {
        return null;
      }
      const { contents } = app.serviceManager;
      // Programs see files of this machine, not those of other drives.
      const drive = contents.driveName(item.path);
      if (drive !== '' && drive !== 'RTC') {
        return null;
      }
      const types = app.docRegistry.getFileTypesForPath(item.path);
      return {
        path: contents.localPath(item.path),
        mimetypes: types.flatMap(({ mimeTypes }) => [...mimeTypes]),
      };
    };
    // After JupyterLab's own listener, which empties the menu.
    void app.restored.then(() =>
      extendOpenWith(
        app.contextMenu,
        OPEN,
        () => programs.catalogue.all,
        chosen,
      ),
    );
  },
};

/** Opens the program that the page's address names. */
const address: JupyterFrontEndPlugin<void> = {
  id: '@beamtime/desktop:address',
  description: 'Opens the program of /lab?beamtime-desktop=PROGRAM.',
  autoStart: true,
  requires: [IPrograms, IRouter],
  activate: (app: JupyterFrontEnd, _programs: IPrograms, router: IRouter) => {
    addAddress(app, router);
  },
};

/** Tells the session that somebody is there, so that only idle ones are ended. */
const activity: JupyterFrontEndPlugin<void> = {
  id: '@beamtime/desktop:activity',
  description: 'Tells the session when a person does something in the page.',
  autoStart: true,
  activate: ({ serviceManager }: JupyterFrontEnd) => {
    const { serverSettings: server } = serviceManager;
    const url = URLExt.join(server.baseUrl, 'beamtime/activity');
    reportActivity(document, () =>
      ServerConnection.makeRequest(url, { method: 'POST' }, server),
    );
  },
};

export default [desktops, tiles, openWith, address, activity];
