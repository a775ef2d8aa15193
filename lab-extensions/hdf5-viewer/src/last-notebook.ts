import type { JupyterFrontEnd } from '@jupyterlab/application';
import { PathExt } from '@jupyterlab/coreutils';
import { DocumentWidget } from '@jupyterlab/docregistry';
import type { Widget } from '@lumino/widgets';

/** Finds the notebook that was used last. @jupyterlab/notebook is not needed for that. */
export class LastNotebook {
  private last: DocumentWidget | null = null;

  /** @param shell - Tells which tab is in front. */
  constructor(shell: Pick<JupyterFrontEnd.IShell, 'currentChanged'>) {
    shell.currentChanged?.connect((_, { newValue }) => {
      if (isNotebook(newValue)) {
        this.last = newValue;
      }
    });
  }

  /** Path below the server's root; null if no notebook is open. */
  get path(): string | null {
    return this.last === null || this.last.isDisposed
      ? null
      : this.last.context.localPath;
  }
}

function isNotebook(widget: Widget | null): widget is DocumentWidget {
  return (
    widget instanceof DocumentWidget &&
    PathExt.extname(widget.context.path) === '.ipynb'
  );
}
