import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Clipboard, Notification } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { DocumentWidget } from '@jupyterlab/docregistry';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Lab } from './actions.js';
import { Notebooks } from './notebooks.js';
import type { IExperimentCatalogue } from './tokens.js';

/** What the actions need of the running JupyterLab. */
export function labOf(
  { commands, serviceManager, shell }: JupyterFrontEnd,
  catalogue: IExperimentCatalogue,
  trans: TranslationBundle,
): Lab {
  const { contents, kernelspecs } = serviceManager;
  return {
    commands,
    notebooks: new Notebooks(catalogue, commands, contents, kernelspecs),
    hasNotebook: () =>
      [...shell.widgets('main')].some(
        (widget) =>
          widget instanceof DocumentWidget &&
          PathExt.extname(widget.context.path) === '.ipynb',
      ),
    copy: (text) => Clipboard.copyToSystem(text),
    complain: (message) => {
      Notification.error(message, {
        autoClose: false,
        actions: [
          {
            label: trans.__('Copy details'),
            caption: trans.__('For the people who can help'),
            callback: () => Clipboard.copyToSystem(message),
          },
        ],
      });
    },
    tell: (message) => {
      Notification.success(message, { autoClose: 4000 });
    },
  };
}
