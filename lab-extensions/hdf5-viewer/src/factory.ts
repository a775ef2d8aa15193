import { PathExt } from '@jupyterlab/coreutils';
import { ABCWidgetFactory } from '@jupyterlab/docregistry';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { Contents, ServerConnection } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import { Beside } from './beside/client.js';
import { Connection } from './connection.js';
import { HDF5_MODEL } from './document-model.js';
import { hdf5FileType, hdf5Icon } from './file-type.js';
import { locate, rememberSource, stampOf } from './location.js';
import { ViewerModel } from './viewer-model.js';
import { Hdf5Document, Hdf5Viewer } from './widget.js';
import { Workers } from './workers.js';

/** Opens HDF5 files from wherever JupyterLab opens documents. */
export class Hdf5Factory extends ABCWidgetFactory<Hdf5Document> {
  /** Bytes up to which a value is read without asking. */
  askAbove = 64e6;
  private readonly beside: Beside;
  private readonly workers = new Workers();

  constructor(
    private readonly contents: Pick<Contents.IManager, 'localPath'>,
    private readonly settings: ServerConnection.ISettings,
    private readonly commands: CommandRegistry,
    private readonly trans: TranslationBundle,
  ) {
    super({
      name: 'HDF5',
      label: trans.__('HDF5 viewer'),
      modelName: HDF5_MODEL,
      fileTypes: [hdf5FileType.name],
      defaultFor: [hdf5FileType.name],
      readOnly: true,
    });
    this.beside = new Beside(settings);
  }

  /** Has the server get ready for the first file, while JupyterLab has nothing else to do. */
  async getReady(): Promise<void> {
    await this.beside.available();
  }

  /** Who gives JupyterLab the file: see ReadOnlyContents. */
  override get contentProviderId(): string {
    return HDF5_MODEL;
  }

  /** A viewer without a tab, for the output of a notebook. */
  viewerOf(path: string): Hdf5Viewer {
    return new Hdf5Viewer(
      this.modelOf(() => path),
      () => PathExt.basename(path),
      () => this.askAbove,
      this.trans,
    );
  }

  /** Another text when the file has changed, or one that it is made of. */
  private async stampOf(path: string, parts: string[]): Promise<string> {
    const of = (file: string) =>
      stampOf(locate(file, this.settings), this.settings);
    const stamps = await Promise.all([
      of(path),
      // One may be still to come.
      ...parts.map((part) => of(part).catch(() => '')),
    ]);
    return stamps.join('\n');
  }

  private modelOf(pathOf: () => string): ViewerModel {
    return new ViewerModel(
      () => new Connection(this.workers.take()),
      () => locate(pathOf(), this.settings),
      (file) => {
        rememberSource(file.source);
        this.workers.getReadySoon();
      },
      this.beside.file(pathOf),
    );
  }

  protected override createNewWidget(
    context: DocumentRegistry.Context,
  ): Hdf5Document {
    const pathOf = () => this.contents.localPath(context.path);
    const model = this.modelOf(pathOf);
    const document = new Hdf5Document(
      context,
      model,
      () => this.askAbove,
      async () => this.stampOf(pathOf(), await model.neighbours()),
      this.commands,
      this.trans,
    );
    document.title.icon = hdf5Icon;
    return document;
  }
}
