import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';

import { UploadError, type Uploaded } from './uploads.js';
import { sizeText } from './words.js';

export interface DropOptions {
  /** What takes the files: the inside of a tab. */
  host: HTMLElement;
  /** Puts one file into the session; may throw an {@link UploadError}. */
  upload: (file: File, progress: (sent: number) => void) => Promise<Uploaded>;
  trans: TranslationBundle;
}

/** Takes files that are dropped on the picture. Shown while files are held over it. */
export class DropArea extends Widget {
  constructor(private readonly options: DropOptions) {
    super();
    const { host, trans } = options;
    this.addClass('bt-Desktop-drop');
    this.node.textContent = trans.__('Drop to put it into ~/Desktop');
    this.hide();
    host.addEventListener('dragenter', this.onDragOver);
    host.addEventListener('dragover', this.onDragOver);
    host.addEventListener('dragleave', this.onDragLeave);
    host.addEventListener('drop', this.onDrop);
  }

  /** Uploads them one after the other; notifications of JupyterLab say how it goes. */
  async take(files: readonly File[]): Promise<void> {
    for (const file of files) {
      await this.takeOne(file);
    }
  }

  private async takeOne(file: File): Promise<void> {
    const { upload, trans } = this.options;
    const size = sizeText(file.size);
    const words = (sent: number) =>
      trans.__(
        'Uploading %1 to ~/Desktop: %2 of %3',
        file.name,
        sizeText(sent),
        size,
      );
    const id = Notification.emit(words(0), 'in-progress', {
      autoClose: false,
      progress: 0,
    });
    try {
      const { path } = await upload(file, (sent) => {
        const progress = file.size > 0 ? sent / file.size : 1;
        Notification.update({ id, message: words(sent), progress });
      });
      Notification.update({
        ...{ id, type: 'success', autoClose: 5_000, progress: 1 },
        message: trans.__('%1 (%2) is there.', path, size),
      });
    } catch (error) {
      if (!(error instanceof UploadError)) {
        throw error; // A fault of ours: let it be seen.
      }
      Notification.update({
        ...{ id, type: 'error', autoClose: false },
        message: trans.__('%1 was not uploaded. %2', file.name, error.message),
      });
    }
  }

  private readonly onDragOver = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files')) {
      event.preventDefault();
      event.stopPropagation();
      event.dataTransfer.dropEffect = 'copy';
      this.show();
    }
  };

  private readonly onDragLeave = (event: DragEvent): void => {
    const { relatedTarget } = event;
    const isInside =
      relatedTarget instanceof Node &&
      this.options.host.contains(relatedTarget);
    if (!isInside) {
      this.hide();
    }
  };

  private readonly onDrop = (event: DragEvent): void => {
    this.hide();
    const files = Array.from(event.dataTransfer?.items ?? []).flatMap(
      (item) => {
        // A folder is given as a file too, which cannot be read.
        const isFolder = item.webkitGetAsEntry()?.isDirectory ?? false;
        const file = isFolder ? null : item.getAsFile();
        return file ? [file] : [];
      },
    );
    const dropped = event.dataTransfer?.items.length ?? 0;
    if (dropped === 0 || !event.dataTransfer?.types.includes('Files')) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (files.length < dropped) {
      const { trans } = this.options;
      Notification.warning(
        trans.__('Folders cannot be dropped. Pack them into one file first.'),
      );
    }
    void this.take(files);
  };
}
