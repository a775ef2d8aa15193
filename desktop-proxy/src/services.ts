import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { IDesktops } from './client.js';
import type { Uploaded } from './uploads.js';

/** What a tab needs of the rest of JupyterLab and of the session. */
export interface TabServices {
  desktops: IDesktops;
  contents: Pick<Contents.IManager, 'get' | 'save'>;
  /** The folder that the user looks at, as Jupyter's contents API names it. */
  folder: () => string;
  /** Puts one file into ~/Desktop; may throw an `UploadError`. */
  upload: (file: File, progress: (sent: number) => void) => Promise<Uploaded>;
  trans: TranslationBundle;
}
