import type { CommandRegistry } from '@lumino/commands';
import { Menu } from '@lumino/widgets';
import { CommandIDs } from './tokens.js';

/** What can be done with an experiment, where it is pointed at. */
export function openMenu(
  commands: CommandRegistry,
  key: string,
  x: number,
  y: number,
): void {
  const menu = new Menu({ commands });
  const add = (command: string, args = {}) =>
    menu.addItem({ command, args: { key, ...args } });
  add(CommandIDs.openExperiment);
  add(CommandIDs.addToSession);
  add(CommandIDs.toggleFavourite);
  menu.addItem({ type: 'separator' });
  add(CommandIDs.showFolder, { folder: 'raw' });
  add(CommandIDs.showFolder, { folder: 'processed' });
  add(CommandIDs.newNotebook);
  add(CommandIDs.copyPath);
  // It gives the focus back by itself; the chosen command still needs it for a moment.
  menu.aboutToClose.connect(() => {
    requestAnimationFrame(() => menu.dispose());
  });
  menu.open(x, y);
}
