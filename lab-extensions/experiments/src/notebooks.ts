import type { Experiment } from '@beamtime/contract';
import type { Contents, KernelSpec } from '@jupyterlab/services';
import type { CommandRegistry } from '@lumino/commands';
import { notebookOf, type Kernel } from './code.js';
import type { IExperimentCatalogue } from './tokens.js';

/** Milliseconds that a notebook waits for the name of a file to read. */
const PATIENCE = 3000;

/** Makes notebooks that begin with the data of an experiment. */
export class Notebooks {
  constructor(
    private readonly catalogue: Pick<
      IExperimentCatalogue,
      'datasets' | 'files'
    >,
    private readonly commands: Pick<CommandRegistry, 'execute'>,
    private readonly contents: Pick<Contents.IManager, 'newUntitled' | 'save'>,
    private readonly kernelspecs: Pick<KernelSpec.IManager, 'ready' | 'specs'>,
  ) {}

  /**
   * Makes one and opens it.
   *
   * @param folder - of Jupyter's contents.
   * @param relPath - the file to read; the first one of the newest dataset if `null`.
   */
  async make(
    experiment: Experiment & { dataPath: string },
    key: string,
    folder: string,
    relPath: string | null,
  ): Promise<void> {
    const read = relPath ?? (await this.aFileOf(key));
    const kernel = await this.kernel();
    const { path } = await this.contents.newUntitled({
      path: folder,
      type: 'notebook',
    });
    await this.contents.save(path, {
      type: 'notebook',
      format: 'json',
      content: notebookOf(experiment, read, kernel),
    });
    const opened: unknown = await this.commands.execute('docmanager:open', {
      path,
      ...(kernel === null ? {} : { kernel: { name: kernel.name } }),
    });
    if (canBeUntitled(opened)) {
      opened.isUntitled = true; // Lab asks for a name when it is saved.
    }
  }

  private async kernel(): Promise<Kernel | null> {
    await this.kernelspecs.ready;
    const { specs } = this.kernelspecs;
    const spec = specs?.kernelspecs[specs.default];
    return spec ? { name: spec.name, display_name: spec.display_name } : null;
  }

  /** A file to begin with; `null` if the catalogue does not tell of one in time. */
  private async aFileOf(key: string): Promise<string | null> {
    const signal = AbortSignal.timeout(PATIENCE);
    try {
      const { items } = await this.catalogue.datasets(
        key,
        { limit: 5 },
        signal,
      );
      for (const { ref } of items) {
        const files = await this.catalogue.files(
          key,
          ref.id,
          { limit: 20 },
          signal,
        );
        const file = files.items.find(
          ({ kind, relPath }) => kind === 'hdf5' && relPath !== undefined,
        );
        if (file?.relPath !== undefined) {
          return file.relPath;
        }
      }
    } catch (error) {
      // The notebook is good without it.
      console.info('Beamtime knows no file to begin the notebook with.', error);
    }
    return null;
  }
}

function canBeUntitled(widget: unknown): widget is { isUntitled: boolean } {
  return (
    typeof widget === 'object' && widget !== null && 'isUntitled' in widget
  );
}
