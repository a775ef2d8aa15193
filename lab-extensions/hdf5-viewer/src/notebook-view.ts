import { PageConfig } from '@jupyterlab/coreutils';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { Panel, Widget } from '@lumino/widgets';
import * as z from 'zod/mini';

import { CommandIDs } from './commands.js';
import type { Hdf5Viewer } from './widget.js';

/** As in `beamtime_lab/notebook_view.py`. */
export const VIEW_MIME = 'application/vnd.beamtime.hdf5-view+json';

const View = z.object({
  /** Absolute paths of the one file. */
  files: z.array(z.string()),
  /** Path in the file. */
  path: z.string().check(z.startsWith('/')),
  /** In pixels. */
  height: z.number().check(z.minimum(100), z.maximum(4000)),
});

/**
 * The path below JupyterLab's root folder by which a file is known.
 *
 * @param root - Absolute; empty if it is not known.
 * @returns `null` if the file does not lie there.
 */
export function pathBelow(
  root: string,
  files: readonly string[],
): string | null {
  const start = `${root.replace(/\/+$/, '')}/`;
  const file = root.startsWith('/')
    ? files.find((each) => each.startsWith(start))
    : undefined;
  return file === undefined ? null : file.slice(start.length);
}

/** What the views of a page share. */
export interface NotebookViews {
  /** Makes a viewer of a file below the root folder. */
  viewerOf: (path: string) => Hdf5Viewer;
  commands: CommandRegistry;
  trans: TranslationBundle;
}

/** The output of `view("file.h5", "/entry/data")`: the viewer, below the cell. */
export class NotebookView extends Panel implements IRenderMime.IRenderer {
  private seen: IntersectionObserver | null = null;

  constructor(private readonly views: NotebookViews) {
    super();
    this.addClass('bt-NotebookView');
    // The notebook's own keys, of which some delete cells, are not for the viewer.
    this.node.dataset['lmSuppressShortcuts'] = 'true';
  }

  renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.clear();
    const { trans } = this.views;
    const view = View.safeParse(model.data[VIEW_MIME]);
    if (!view.success) {
      this.say(
        trans.__(
          'This output is of another version of Beamtime. Run the cell again.',
        ),
      );
      return Promise.resolve();
    }
    const { files, path, height } = view.data;
    const file = pathBelow(PageConfig.getOption('serverRoot'), files);
    if (file === null) {
      this.say(
        trans.__(
          '%1 does not lie below the folder that JupyterLab shows, so it cannot be opened here. Data of an experiment is below Experiments/.',
          files[0] ?? '',
        ),
      );
      return Promise.resolve();
    }
    this.addWidget(this.bar(file, path));
    const place = new Panel();
    place.node.style.height = `${height}px`;
    this.addWidget(place);
    this.whenSeen(place, () => {
      const viewer = this.views.viewerOf(file);
      viewer.openAt(path);
      place.addWidget(viewer);
    });
    return Promise.resolve();
  }

  override dispose(): void {
    this.seen?.disconnect();
    super.dispose();
  }

  private clear(): void {
    this.seen?.disconnect();
    for (const widget of [...this.widgets]) {
      widget.dispose();
    }
  }

  /** A notebook may hold many: each reads its file only once it is scrolled to. */
  private whenSeen(place: Widget, show: () => void): void {
    this.seen = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) {
        this.seen?.disconnect();
        show();
      }
    });
    this.seen.observe(place.node);
  }

  private bar(file: string, at: string): Widget {
    const { commands, trans } = this.views;
    const node = document.createElement('p');
    const button = document.createElement('button');
    button.className = 'jp-mod-styled jp-mod-minimal';
    button.textContent = trans.__('Open in a tab');
    button.addEventListener('click', () => {
      void commands.execute(CommandIDs.open, { path: file, at });
    });
    node.append(`${file} · ${at} `, button);
    return new Widget({ node });
  }

  private say(words: string): void {
    const node = document.createElement('p');
    node.setAttribute('role', 'alert');
    node.textContent = words;
    this.addWidget(new Widget({ node }));
  }
}
