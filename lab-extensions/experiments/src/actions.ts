import { ApiError, type SessionLink } from '@beamtime/api-client';
import type { Experiment } from '@beamtime/contract';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { codeFor } from './code.js';
import type { Notebooks } from './notebooks.js';
import type { ISessionExperiments } from './tokens.js';

export type Folder = 'raw' | 'processed';

/** What is needed of Lab. */
export interface Lab {
  commands: Pick<CommandRegistry, 'execute' | 'hasCommand'>;
  notebooks: Pick<Notebooks, 'make'>;
  /** Whether a notebook is open. */
  hasNotebook: () => boolean;
  copy: (text: string) => void;
  /** Shows a failure without taking the focus. */
  complain: (message: string) => void;
  /** Shows for a moment what has happened. */
  tell: (message: string) => void;
}

const HDF5_AT = 'beamtime-hdf5:open';

/**
 * Opens what belongs to an experiment with Lab's own commands, and puts its folders into
 * the session before. What fails is said, not thrown.
 */
export class ExperimentActions {
  /** @param find - the experiment of a key; fails with `ApiError`. */
  constructor(
    private readonly session: ISessionExperiments,
    private readonly lab: Lab,
    private readonly find: (key: string) => Promise<Experiment>,
    private readonly trans: TranslationBundle,
  ) {}

  /** Puts the folders into the session, and says where they are or what is wrong with them. */
  async add(key: string): Promise<void> {
    await this.withLink(key, async (link) => {
      if (link.raw === null && link.processed === null) {
        throw this.refused(link.problems.join(' '));
      }
      this.lab.tell(
        this.trans.__('In this session: Experiments/%1', link.slug),
      );
      return Promise.resolve();
    });
  }

  async showFolder(key: string, folder: Folder): Promise<void> {
    await this.withLink(key, async (link) => {
      const path = this.folderOf(link, folder);
      await this.lab.commands.execute('filebrowser:go-to-path', { path });
    });
  }

  /**
   * @param relPath - below the experiment's folder, as the catalogue names it.
   * @param at - path in the file, if it is HDF5.
   */
  async openFile(
    key: string,
    relPath: string,
    at: string | null = null,
  ): Promise<void> {
    await this.withLink(key, async (link) => {
      const path = this.pathOf(link, relPath);
      const { commands } = this.lab;
      await (at !== null && commands.hasCommand(HDF5_AT)
        ? commands.execute(HDF5_AT, { path, at })
        : commands.execute('docmanager:open', { path }));
    });
  }

  /**
   * Makes a notebook in the processed folder, with the default kernel and a cell that
   * reads the data.
   */
  async newNotebook(key: string, relPath: string | null = null): Promise<void> {
    await this.withLink(key, async (link) => {
      const folder = this.folderOf(link, 'processed');
      const experiment = await this.withData(key);
      await this.lab.notebooks.make(experiment, key, folder, relPath);
    });
  }

  /** Writes code that reads a file into the notebook that was used last. */
  async insertCode(key: string, relPath: string): Promise<void> {
    await this.saying(async () => {
      if (!this.lab.hasNotebook()) {
        throw this.refused(
          this.trans.__('Open the notebook first that the code is for.'),
        );
      }
      const experiment = await this.withData(key);
      const text = codeFor(experiment, `${experiment.dataPath}/${relPath}`);
      const { commands } = this.lab;
      await commands.execute('notebook:insert-cell-below', { activate: false });
      await commands.execute('notebook:replace-selection', {
        text,
        activate: false,
      });
      this.lab.tell(this.trans.__('The code is in your notebook.'));
    });
  }

  /** @param relPath - of a file of it; its folder if absent. */
  async copyPath(key: string, relPath?: string): Promise<void> {
    await this.saying(async () => {
      const { dataPath } = await this.withData(key);
      const path = relPath === undefined ? dataPath : `${dataPath}/${relPath}`;
      this.copy(path);
    });
  }

  /** Copies a text that is on the page. */
  copy(text: string): void {
    this.lab.copy(text);
    this.lab.tell(this.trans.__('Copied: %1', text));
  }

  private async withData(
    key: string,
  ): Promise<Experiment & { dataPath: string }> {
    const experiment = await this.find(key);
    const { dataPath } = experiment;
    if (dataPath === undefined) {
      throw this.refused(
        this.trans.__('The catalogue knows no folder of this experiment.'),
      );
    }
    return { ...experiment, dataPath };
  }

  private pathOf(link: SessionLink, relPath: string): string {
    const [top, ...rest] = relPath.split('/');
    if (
      (top !== 'raw' && top !== 'processed') ||
      rest.length === 0 ||
      rest.some((part) => part === '' || part === '..')
    ) {
      throw this.refused(
        this.trans.__(
          'The catalogue names the file %1, which is in neither of the folders raw and processed.',
          relPath,
        ),
      );
    }
    return [this.folderOf(link, top), ...rest].join('/');
  }

  private folderOf(link: SessionLink, folder: Folder): string {
    const path = link[folder];
    if (path === null) {
      throw this.refused(
        link.problems.join(' ') ||
          this.trans.__('This experiment has no folder %1 yet.', folder),
      );
    }
    return path;
  }

  private refused(message: string): ApiError {
    return new ApiError('refused', message);
  }

  private async withLink(
    key: string,
    run: (link: SessionLink) => Promise<void>,
  ): Promise<void> {
    await this.saying(async () => run(await this.session.link(key)));
  }

  private async saying(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error; // A fault of ours or of Lab: let it be seen.
      }
      this.lab.complain(error.message);
    }
  }
}
