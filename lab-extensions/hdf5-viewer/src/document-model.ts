import { TextModelFactory } from '@jupyterlab/docregistry';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { Contents } from '@jupyterlab/services';

/** Name of the model, and of the provider of its contents. */
export const HDF5_MODEL = 'beamtime-hdf5';

/** Makes models of files whose content JupyterLab never loads and never saves. */
export class Hdf5ModelFactory extends TextModelFactory {
  override get name(): string {
    return HDF5_MODEL;
  }

  /** Null: only the file's metadata is fetched. */
  override get fileFormat(): Contents.FileFormat {
    return null;
  }

  override createNew(
    ...options: Parameters<TextModelFactory['createNew']>
  ): DocumentRegistry.ICodeModel {
    const model = super.createNew(...options);
    model.readOnly = true;
    // The last guard: saving the text that was never loaded would empty the file.
    model.toString = () => {
      throw new Error('An HDF5 file is not saved from its viewer.');
    };
    return model;
  }
}

/**
 * Gives files without their content, and as not writable: JupyterLab then neither offers
 * to save them nor makes a checkpoint when they are opened, which would copy the file.
 */
export class ReadOnlyContents implements Pick<Contents.IDrive, 'get' | 'save'> {
  constructor(private readonly drive: Pick<Contents.IDrive, 'get'>) {}

  async get(path: string): Promise<Contents.IModel> {
    const model = await this.drive.get(path, { content: false });
    return { ...model, writable: false };
  }

  save(): Promise<Contents.IModel> {
    return Promise.reject(
      new Error('An HDF5 file is not saved from its viewer.'),
    );
  }
}
