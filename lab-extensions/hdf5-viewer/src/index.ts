import { ILayoutRestorer } from '@jupyterlab/application';
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin,
} from '@jupyterlab/application';
import { ICommandPalette, WidgetTracker } from '@jupyterlab/apputils';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { IDefaultDrive } from '@jupyterlab/services';
import type { Contents } from '@jupyterlab/services';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { addCommands, CommandIDs } from './commands.js';
import {
  HDF5_MODEL,
  Hdf5ModelFactory,
  ReadOnlyContents,
} from './document-model.js';
// eslint-disable-next-line jupyter/prefer-lazy-imports -- JupyterLab asks for the tab at once; the tab loads what is large.
import { Hdf5Factory } from './factory.js';
import { hdf5FileType } from './file-type.js';

import { LastNotebook } from './last-notebook.js';
// eslint-disable-next-line jupyter/prefer-lazy-imports -- small, and outputs are drawn at once; the viewer loads what is large.
import { NotebookView, VIEW_MIME } from './notebook-view.js';
import type { Hdf5Document } from './widget.js';

/** Opens HDF5 and NeXus files. */
const viewer: JupyterFrontEndPlugin<void> = {
  id: '@beamtime/hdf5-viewer:viewer',
  description: 'Opens HDF5 and NeXus files, which are read by byte ranges.',
  autoStart: true,
  requires: [IDefaultDrive],
  optional: [
    ITranslator,
    ILayoutRestorer,
    ISettingRegistry,
    ICommandPalette,
    IRenderMimeRegistry,
  ],
  activate: (
    app: JupyterFrontEnd,
    drive: Contents.IDrive,
    translator: ITranslator | null,
    restorer: ILayoutRestorer | null,
    settings: ISettingRegistry | null,
    palette: ICommandPalette | null,
    outputs: IRenderMimeRegistry | null,
  ) => {
    const { contents, serverSettings } = app.serviceManager;
    const trans = (translator ?? nullTranslator).load('beamtime_lab');
    const factory = new Hdf5Factory(
      contents,
      serverSettings,
      app.commands,
      trans,
    );
    void app.restored.then(() => factory.getReady());
    void settings?.load(viewer.id).then((loaded) => {
      const apply = () => {
        factory.askAbove = Number(loaded.get('askAbove').composite) * 1e6;
      };
      loaded.changed.connect(apply);
      apply();
    });
    const tracker = new WidgetTracker<Hdf5Document>({ namespace: HDF5_MODEL });
    factory.widgetCreated.connect((_, document) => {
      void tracker.add(document);
      document.context.pathChanged.connect(() => void tracker.save(document));
    });
    const notebook = new LastNotebook(app.shell);
    addCommands({ commands: app.commands, tracker, notebook, trans });
    for (const command of [CommandIDs.copyPath, CommandIDs.insertCode]) {
      palette?.addItem({ command, category: trans.__('HDF5') });
    }
    const views = {
      viewerOf: (path: string) => factory.viewerOf(path),
      commands: app.commands,
      trans,
    };
    outputs?.addFactory(
      {
        safe: true,
        mimeTypes: [VIEW_MIME],
        createRenderer: () => new NotebookView(views),
      },
      0,
    );
    drive.contentProviderRegistry?.register(
      HDF5_MODEL,
      new ReadOnlyContents(drive),
    );
    app.docRegistry.addFileType(hdf5FileType);
    app.docRegistry.addModelFactory(new Hdf5ModelFactory());
    app.docRegistry.addWidgetFactory(factory);
    void restorer?.restore(tracker, {
      command: 'docmanager:open',
      args: ({ context }) => ({ path: context.path, factory: factory.name }),
      name: ({ context }) => context.path,
    });
  },
};

export default [viewer];
