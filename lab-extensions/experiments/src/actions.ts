import { ApiError, type SessionLink } from '@beamtime/api-client';
import type { KernelSpec } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { ISessionExperiments } from './tokens.js';

export type Folder = 'raw' | 'processed';

/** What is needed of Lab; see {@link CommandRegistry} and {@link KernelSpec.IManager}. */
export interface Lab {
  commands: Pick<CommandRegistry, 'execute'>;
  kernelspecs: Pick<KernelSpec.IManager, 'ready' | 'specs'>;
  /** Shows a failure without taking the focus. */
  complain: (message: string) => void;
}

/**
 * Opens what belongs to an experiment with Lab's own commands, and puts its folders into
 * the session before. What fails is said, not thrown.
 */
export class ExperimentActions {
  constructor(
    private readonly session: ISessionExperiments,
    private readonly lab: Lab,
    private readonly trans: TranslationBundle,
  ) {}

  /** Shows what is wrong, in a sentence. */
  complain(message: string): void {
    this.lab.complain(message);
  }

  /** Puts the folders into the session, and says what is wrong with them. */
  async add(key: string): Promise<void> {
    await this.withLink(key, () => Promise.resolve());
  }

  async showFolder(key: string, folder: Folder): Promise<void> {
    await this.withLink(key, async (link) => {
      const path = this.folderOf(link, folder);
      await this.lab.commands.execute('filebrowser:go-to-path', { path });
    });
  }

  /** @param relPath - below the experiment's folder, as the catalogue names it. */
  async openFile(key: string, relPath: string): Promise<void> {
    await this.withLink(key, async (link) => {
      const [top, ...rest] = relPath.split('/');
      if (
        (top !== 'raw' && top !== 'processed') ||
        rest.length === 0 ||
        rest.some((part) => part === '' || part === '..')
      ) {
        throw new ApiError(
          'refused',
          this.trans.__(
            'The catalogue names the file %1, which is in neither of the folders raw and processed.',
            relPath,
          ),
        );
      }
      const path = [this.folderOf(link, top), ...rest].join('/');
      await this.lab.commands.execute('docmanager:open', { path });
    });
  }

  /** Makes a notebook in the processed folder, with the default kernel. */
  async newNotebook(key: string): Promise<void> {
    await this.withLink(key, async (link) => {
      const cwd = this.folderOf(link, 'processed');
      await this.lab.kernelspecs.ready;
      const kernelName = this.lab.kernelspecs.specs?.default;
      await this.lab.commands.execute('notebook:create-new', {
        cwd,
        ...(kernelName === undefined ? {} : { kernelName }),
      });
    });
  }

  private folderOf(link: SessionLink, folder: Folder): string {
    const path = link[folder];
    if (path === null) {
      throw new ApiError(
        'refused',
        link.problems.join(' ') ||
          this.trans.__('This experiment has no folder %1 yet.', folder),
      );
    }
    return path;
  }

  private async withLink(
    key: string,
    run: (link: SessionLink) => Promise<void>,
  ): Promise<void> {
    try {
      const link = await this.session.link(key);
      await run(link);
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error; // A fault of ours or of Lab: let it be seen.
      }
      this.complain(error.message);
    }
  }
}
