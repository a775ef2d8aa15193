import type { Contents } from '@jupyterlab/services';
import { PathExt } from '@jupyterlab/coreutils';
import type { TranslationBundle } from '@jupyterlab/translation';

export interface ScreenshotOptions {
  /** Gives the picture as a PNG; null if there is none. */
  take: () => Promise<Blob | null>;
  /** Names the picture. */
  title: string;
  contents: Pick<Contents.IManager, 'get' | 'save'>;
  /** The folder that is proposed, as Jupyter's contents API names it. */
  folder: () => string;
  trans: TranslationBundle;
}

/** Makes files of the picture. Each way gives a sentence for the user. */
export class Screenshots {
  constructor(private readonly options: ScreenshotOptions) {}

  /** The folder that is proposed for {@link save}. */
  folder(): string {
    return this.options.folder();
  }

  /** Gives it to the browser, which puts it among its downloads. */
  async download(): Promise<string> {
    const { take, trans } = this.options;
    const picture = await take();
    if (!picture) {
      return noPicture(trans);
    }
    const url = URL.createObjectURL(picture);
    const link = document.createElement('a');
    link.href = url;
    link.download = this.name();
    link.click();
    URL.revokeObjectURL(url);
    return trans.__('Downloaded as %1.', link.download);
  }

  /** Saves it in the session; replaces nothing. */
  async save(folder: string): Promise<string> {
    const { take, contents, trans } = this.options;
    const picture = await take();
    if (!picture) {
      return noPicture(trans);
    }
    try {
      const path = await this.freePath(folder);
      const content = await base64(picture);
      await contents.save(path, { type: 'file', format: 'base64', content });
      return trans.__('Saved as %1.', path);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return trans.__('It could not be saved there: %1', reason);
    }
  }

  /** A name of the second, so it is free; unless somebody is quick. */
  private async freePath(folder: string): Promise<string> {
    const { items } = await listing(this.options.contents, folder);
    const stem = this.name().replace(/\.png$/, '');
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? `${stem}.png` : `${stem} (${number}).png`;
      if (!items.includes(name)) {
        return PathExt.join(folder, name);
      }
    }
  }

  private name(): string {
    const plain = this.options.title.replaceAll(/[^\p{L}\p{N}]+/gu, '-');
    const now = new Date();
    const two = (value: number) => String(value).padStart(2, '0');
    const day = [
      now.getFullYear(),
      two(now.getMonth() + 1),
      two(now.getDate()),
    ];
    const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two);
    return `${plain.replaceAll(/^-|-$/g, '')}-${day.join('-')}-${time.join('')}.png`;
  }
}

async function listing(
  contents: Pick<Contents.IManager, 'get'>,
  folder: string,
): Promise<{ items: string[] }> {
  const model = await contents.get(folder, { type: 'directory' });
  const content: unknown = model.content;
  const items = Array.isArray(content) ? content : [];
  return {
    items: items.flatMap((item: { name?: unknown }) =>
      typeof item.name === 'string' ? [item.name] : [],
    ),
  };
}

function noPicture(trans: TranslationBundle): string {
  return trans.__('There is no picture now. Connect to the desktop first.');
}

function base64(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve(url.slice(url.indexOf(',') + 1));
    };
    reader.onerror = () => reject(new Error('The picture cannot be read.'));
    reader.readAsDataURL(blob);
  });
}
