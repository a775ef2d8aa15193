// A home whose terminal window is known by its pixels, on a remote desktop too.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Red, green, blue. */
export type Colour = readonly [number, number, number];

/** What the terminal window turns into as soon as its shell runs: it can be used. */
export const READY: Colour = [200, 20, 90];

/** Colours that are typed into it, to see whether keys arrive and pictures come back. */
export const TYPED: readonly [Colour, Colour, Colour] = [
  [10, 100, 200],
  [20, 140, 40],
  [150, 60, 170],
];

/** What colours the background of the terminal window, as the shell's `printf` wants it. */
export function colouring(colour: Colour): string {
  const hex = colour.map((part) => part.toString(16).padStart(2, '0'));
  return String.raw`\033]11;#${hex.join('')}\007`;
}

const SETTINGS = '.jupyter/lab/user-settings/@jupyterlab/apputils-extension';

/** Writes a setting of JupyterLab's own into a home: `themes`, `notification`. */
export async function setUpLab(
  home: string,
  plugin: string,
  settings: object,
): Promise<void> {
  const folder = path.join(home, SETTINGS);
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${plugin}.jupyterlab-settings`);
  await writeFile(file, JSON.stringify(settings));
}

/**
 * Makes a new home, with a terminal window that opens with the full desktop if asked for:
 * by the freedesktop.org way, which XFCE knows.
 */
export async function makeHome(home: string, terminal: boolean): Promise<void> {
  await rm(home, { recursive: true, force: true });
  const autostart = path.join(home, '.config/autostart');
  await mkdir(autostart, { recursive: true, mode: 0o700 });
  await writeFile(
    path.join(home, '.bashrc'),
    `printf '${colouring(READY)}'\nPS1='$ '\n`,
  );
  // Its question lies over the desktop.
  await setUpLab(home, 'notification', { fetchNews: 'false' });
  if (terminal) {
    await writeFile(
      path.join(autostart, 'terminal.desktop'),
      '[Desktop Entry]\nType=Application\nName=Terminal\nExec=xterm\n',
    );
  }
}
