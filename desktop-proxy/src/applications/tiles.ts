import type { ICommandPalette } from '@jupyterlab/apputils';
import type { ILauncher } from '@jupyterlab/launcher';
import type { TranslationBundle } from '@jupyterlab/translation';
import { DisposableSet } from '@lumino/disposable';

import { OPEN } from '../open.js';
import { LIST } from './list-command.js';
import type { IPrograms } from './tokens.js';
import type { Program } from './wire.js';

/** Keeps a tile in the launcher, and a line in the palette, for each program. */
export function keepTiles(
  programs: IPrograms,
  launcher: ILauncher | null,
  palette: ICommandPalette | null,
  trans: TranslationBundle,
): void {
  // The signals keep it.
  new Tiles(programs, launcher, palette, trans).watch();
}

class Tiles {
  constructor(
    private readonly programs: IPrograms,
    private readonly launcher: ILauncher | null,
    private readonly palette: ICommandPalette | null,
    private readonly trans: TranslationBundle,
  ) {}

  watch(): void {
    const { catalogue, directory } = this.programs;
    catalogue.changed.connect(this.onChanged);
    directory.changed.connect(this.onChanged);
    this.fill();
  }

  private readonly onChanged = () => {
    const { catalogue, directory } = this.programs;
    const open = directory.all
      .filter(({ state }) => state !== 'ended')
      .map(({ program }) => program.id);
    // A launcher that is filled anew loses the focus: only if there is something new.
    const now = JSON.stringify([catalogue.all, open]);
    if (now !== this.shown) {
      this.shown = now;
      this.fill();
    }
  };

  private fill(): void {
    const { trans } = this;
    this.placed.dispose();
    this.placed = new DisposableSet();
    const windows = trans.__('Programs with a window');
    const desktops = trans.__('Full desktop');
    const all = this.programs.catalogue.all;
    const category = ({ mode }: Program) =>
      mode === 'desktop' ? desktops : windows;
    all.forEach((program, rank) => {
      const args = { program: program.id };
      if (program.tile) {
        this.addTile(OPEN, args, category(program), tileRank(program, rank));
      }
      if (program.listed) {
        this.addLine(OPEN, { ...args, isPalette: true }, windows);
      }
    });
    if (all.some(({ id }) => id === 'desktop')) {
      const args = { program: 'desktop', another: true };
      this.addTile(OPEN, args, desktops, LAST);
    }
    this.addTile(LIST, {}, windows, LAST);
    this.addLine(LIST, { isPalette: true }, windows);
  }

  private addTile(
    command: string,
    args: Record<string, string | boolean>,
    category: string,
    rank: number,
  ): void {
    const item = this.launcher?.add({ command, args, category, rank });
    if (item) {
      this.placed.add(item);
    }
  }

  private addLine(
    command: string,
    args: Record<string, string | boolean>,
    category: string,
  ): void {
    const item = this.palette?.addItem({ command, args, category });
    if (item) {
      this.placed.add(item);
    }
  }

  private shown = '';
  private placed = new DisposableSet();
}

const LAST = 10_000;

/**
 * What can start comes first: the heading shows the first tile's picture. Of that, what
 * the site describes comes before what every machine has, but for the desktop itself.
 */
function tileRank({ id, source, missing }: Program, rank: number): number {
  if (missing.length > 0) {
    return LAST / 2 + rank;
  }
  const isLast = source === 'built-in' && id !== 'desktop';
  return id === 'desktop' ? -1 : rank + (isLast ? LAST / 4 : 0);
}
