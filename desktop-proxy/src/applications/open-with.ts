import type { ContextMenuSvg } from '@jupyterlab/ui-components';

import type { Program } from './wire.js';

/** A file, as far as it matters for who can open it. */
export interface OpenableFile {
  /** As Jupyter's contents API names it. */
  path: string;
  /** All types that its name stands for. */
  mimetypes: readonly string[];
}

/** Gives the programs that open the file; those that cannot start here come last. */
export function programsFor(
  programs: readonly Program[],
  { path, mimetypes }: OpenableFile,
): Program[] {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const opens = (program: Program) =>
    program.extensions.some((extension) => name.endsWith(extension)) ||
    program.mimetypes.some((wanted) =>
      mimetypes.some((type) => matches(wanted, type)),
    );
  const fit = programs.filter(opens);
  const can = ({ missing }: Program) => missing.length === 0;
  return [...fit.filter(can), ...fit.filter((each) => !can(each))];
}

/** Whether a wish such as `image/*` covers a type. */
function matches(wanted: string, type: string): boolean {
  return wanted.endsWith('/*')
    ? type.startsWith(wanted.slice(0, -1))
    : wanted === type;
}

/** The menu below "Open With" in the file browser's context menu. */
const OPEN_WITH = 'jp-contextmenu-open-with';

/** Puts programs into the "Open With" menu each time that it is opened. */
export function extendOpenWith(
  menu: ContextMenuSvg,
  command: string,
  programs: () => readonly Program[],
  file: () => OpenableFile | null,
): void {
  menu.opened.connect(() => {
    const found = menu.menu.items.find(
      ({ type, submenu }) => type === 'submenu' && submenu?.id === OPEN_WITH,
    );
    const chosen = file();
    // JupyterLab has just filled it anew.
    if (!found?.submenu || !chosen) {
      return;
    }
    for (const { id } of programsFor(programs(), chosen)) {
      const args = { program: id, file: chosen.path, isOpenWith: true };
      found.submenu.addItem({ command, args });
    }
  });
}
