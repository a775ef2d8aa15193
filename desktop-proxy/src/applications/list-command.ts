import type { JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget, type WidgetTracker } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { searchIcon } from '@jupyterlab/ui-components';

import { desktopIcon } from '../icons.js';
import { OPEN } from '../open.js';
import { ProgramList } from './list.js';
import type { IPrograms } from './tokens.js';

/** Shows the list of all programs. */
export const LIST = 'beamtime-desktop:programs';

export type ListTab = MainAreaWidget<ProgramList>;

/** Adds the command that shows the list of all programs. */
export function addList(
  { commands, shell }: JupyterFrontEnd,
  tracker: WidgetTracker<ListTab>,
  programs: IPrograms,
  trans: TranslationBundle,
): void {
  commands.addCommand(LIST, {
    describedBy: { args: { type: 'object', properties: {} } },
    label: (args) =>
      args['isPalette']
        ? trans.__('Find a program with a window…')
        : trans.__('All programs…'),
    caption: trans.__('Find a program with a window'),
    icon: (args) => (args['isPalette'] ? undefined : searchIcon),
    execute: (args) => {
      const there = tracker.currentWidget;
      if (there && !there.isDisposed) {
        shell.activateById(there.id);
        return there;
      }
      const { cwd } = args;
      const content = new ProgramList({
        programs,
        open: (program, another) =>
          void commands.execute(OPEN, {
            ...{ program, another },
            ...(typeof cwd === 'string' && { cwd }),
          }),
        trans,
      });
      const tab = new MainAreaWidget({ content });
      tab.toolbar.hide();
      tab.id = 'beamtime-desktop-programs';
      tab.title.label = trans.__('Programs');
      tab.title.icon = desktopIcon;
      tab.title.closable = true;
      void tracker.add(tab);
      shell.add(tab, 'main');
      shell.activateById(tab.id);
      return tab;
    },
  });
}
