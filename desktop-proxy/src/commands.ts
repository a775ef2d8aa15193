import {
  Dialog,
  MainAreaWidget,
  showDialog,
  type WidgetTracker,
} from '@jupyterlab/apputils';
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Menu } from '@lumino/widgets';
import * as z from 'zod/mini';

import type { IDesktops } from './client.js';
import { desktopIcon } from './icons.js';
import { SENDABLE } from './keys.js';
import { fillToolbar, type ToolbarMenus } from './toolbar.js';
import { DesktopView } from './view.js';
import { programTitles } from './words.js';

export const CommandIDs = {
  open: 'beamtime-desktop:open',
  restart: 'beamtime-desktop:restart',
  shutDown: 'beamtime-desktop:shut-down',
  sendKeys: 'beamtime-desktop:send-keys',
  fullScreen: 'beamtime-desktop:full-screen',
} as const;

export type DesktopTab = MainAreaWidget<DesktopView>;

const OpenArgs = z.object({
  /** Id of the program; a terminal window if absent. */
  program: z._default(z.string(), 'xterm'),
  /** Name of the desktop; that of its program if absent. */
  desktop: z.optional(z.string()),
  /** Whether the page restores its layout: then nothing is started. */
  restored: z._default(z.boolean(), false),
  /** Whether the label stands among other commands. */
  isPalette: z._default(z.boolean(), false),
});

const SendArgs = z.object({
  /** A name of {@link SENDABLE}. */
  keys: z._default(z.string(), 'Ctrl-Alt-Del'),
});

/** The same for the page that lists JupyterLab's commands. */
const OPEN_ARGS = {
  type: 'object',
  properties: {
    program: {
      type: 'string',
      description: 'Id of the program: xterm (the default) or desktop',
    },
    desktop: {
      type: 'string',
      description: 'Name of the desktop; that of its program by default',
    },
  },
};
const KEYS_ARGS = {
  type: 'object',
  properties: {
    keys: { type: 'string', enum: Object.keys(SENDABLE) },
  },
};
const NO_ARGS = { type: 'object', properties: {} };

/** Adds the commands of desktops to the application. */
export function addCommands(
  app: JupyterFrontEnd,
  tracker: WidgetTracker<DesktopTab>,
  desktops: IDesktops,
  trans: TranslationBundle,
): void {
  const { commands } = app;
  const titles = programTitles(trans);
  const current = () => tracker.currentWidget?.content;
  const isCurrent = () => current() !== undefined;

  commands.addCommand(CommandIDs.open, {
    describedBy: { args: OPEN_ARGS },
    label: (args) => {
      const { program, isPalette } = OpenArgs.parse(args);
      const title = titles[program] ?? program;
      return isPalette ? trans.__('Open %1', title) : title;
    },
    caption: trans.__('A program with a window, in a tab of JupyterLab'),
    icon: (args) => (args['isPalette'] ? undefined : desktopIcon),
    execute: (args) => {
      const { program, desktop, restored } = OpenArgs.parse(args);
      const name = desktop ?? program;
      const there = tracker.find((tab) => tab.content.model.name === name);
      if (there) {
        app.shell.activateById(there.id);
        return there;
      }
      const title = titles[program] ?? program;
      const start = !restored;
      const view = new DesktopView({
        ...{ desktops, name, program, title, start, trans },
      });
      const tab = new MainAreaWidget({ content: view });
      tab.id = `beamtime-desktop-${name}`;
      tab.title.label = title;
      tab.title.icon = desktopIcon;
      tab.title.closable = true;
      fillToolbar(tab.toolbar, view, title, menus, trans);
      void tracker.add(tab);
      app.shell.add(tab, 'main');
      if (start) {
        app.shell.activateById(tab.id);
      }
      return tab;
    },
  });

  commands.addCommand(CommandIDs.restart, {
    describedBy: { args: NO_ARGS },
    label: trans.__('Start again…'),
    isEnabled: isCurrent,
    execute: async () => {
      const view = current();
      const question = trans.__(
        'All programs on it are closed first. What they have not saved is lost.',
      );
      if (view && (await agreed(trans.__('Start again'), question, trans))) {
        await view.model.restart();
      }
    },
  });

  commands.addCommand(CommandIDs.shutDown, {
    describedBy: { args: NO_ARGS },
    label: trans.__('Shut down…'),
    isEnabled: isCurrent,
    execute: async () => {
      const tab = tracker.currentWidget;
      const question = trans.__(
        'All programs on it are closed. What they have not saved is lost.',
      );
      if (tab && (await agreed(trans.__('Shut down'), question, trans))) {
        await tab.content.model.shutDown();
        if (tab.content.model.state.kind === 'ended') {
          tab.dispose();
        }
      }
    },
  });

  commands.addCommand(CommandIDs.sendKeys, {
    describedBy: { args: KEYS_ARGS },
    label: (args) => SendArgs.parse(args).keys,
    isEnabled: () => current()?.model.state.kind === 'connected',
    execute: (args) => {
      current()?.screen.send(SENDABLE[SendArgs.parse(args).keys] ?? []);
    },
  });

  commands.addCommand(CommandIDs.fullScreen, {
    describedBy: { args: NO_ARGS },
    label: trans.__('Full screen'),
    isEnabled: isCurrent,
    execute: () => current()?.toggleFullScreen(),
  });

  const menus = makeMenus(app);
}

function makeMenus({ commands }: JupyterFrontEnd): ToolbarMenus {
  const desktop = new Menu({ commands });
  desktop.addItem({ command: CommandIDs.restart });
  desktop.addItem({ command: CommandIDs.shutDown });
  const keys = new Menu({ commands });
  Object.keys(SENDABLE).forEach((name) =>
    keys.addItem({ command: CommandIDs.sendKeys, args: { keys: name } }),
  );
  return { desktop, keys };
}

async function agreed(
  act: string,
  question: string,
  trans: TranslationBundle,
): Promise<boolean> {
  const result = await showDialog({
    title: trans.__('%1?', act),
    body: question,
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.warnButton({ label: act }),
    ],
  });
  return result.button.accept;
}
