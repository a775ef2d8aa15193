import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification, type WidgetTracker } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as z from 'zod/mini';

import { actsOf } from './acts.js';
import { toggleFullScreen } from './full-screen.js';
import { SENDABLE } from './keys.js';
import { FITS, type Fit } from './sizing.js';
import type { DesktopTab } from './tab.js';

/** What can be done with the desktop whose tab was last used. */
export const CommandIDs = {
  restart: 'beamtime-desktop:restart',
  shutDown: 'beamtime-desktop:shut-down',
  sendKeys: 'beamtime-desktop:send-keys',
  fit: 'beamtime-desktop:fit',
  screenshot: 'beamtime-desktop:screenshot',
  fullScreen: 'beamtime-desktop:full-screen',
} as const;

const SendArgs = z.object({
  /** A name of {@link SENDABLE}. */
  keys: z._default(z.string(), 'Ctrl-Alt-Del'),
});
const FitArgs = z.object({ fit: z._default(z.enum(FITS), 'fit') });

/** The same for the page that lists JupyterLab's commands. */
const KEYS_ARGS = {
  type: 'object',
  properties: { keys: { type: 'string', enum: Object.keys(SENDABLE) } },
};
const FIT_ARGS = {
  type: 'object',
  properties: { fit: { type: 'string', enum: [...FITS] } },
};
const NO_ARGS = { type: 'object', properties: {} };

/** Adds the commands for the desktop whose tab was last used. */
export function addCommands(
  { commands }: JupyterFrontEnd,
  tracker: WidgetTracker<DesktopTab>,
  trans: TranslationBundle,
): void {
  const current = () => tracker.currentWidget;
  const isCurrent = () => current() !== null;
  const isConnected = () => current()?.content.model.state.kind === 'connected';

  commands.addCommand(CommandIDs.restart, {
    describedBy: { args: NO_ARGS },
    label: trans.__('Desktop: start again…'),
    isEnabled: isCurrent,
    execute: () => {
      const tab = current();
      if (tab) {
        actsOf(tab, trans).startAgain();
      }
    },
  });
  commands.addCommand(CommandIDs.shutDown, {
    describedBy: { args: NO_ARGS },
    label: trans.__('Desktop: shut down…'),
    isEnabled: isCurrent,
    execute: () => {
      const tab = current();
      if (tab) {
        actsOf(tab, trans).shutDown();
      }
    },
  });
  commands.addCommand(CommandIDs.sendKeys, {
    describedBy: { args: KEYS_ARGS },
    label: (args) => trans.__('Desktop: send %1', SendArgs.parse(args).keys),
    isEnabled: isConnected,
    execute: (args) => {
      const keys = SENDABLE[SendArgs.parse(args).keys] ?? [];
      current()?.content.screen.send(keys);
    },
  });
  const fits: Record<Fit, string> = {
    fit: trans.__('Desktop: fit to tab'),
    scale: trans.__('Desktop: scale the picture'),
    actual: trans.__('Desktop: actual size'),
  };
  commands.addCommand(CommandIDs.fit, {
    describedBy: { args: FIT_ARGS },
    label: (args) => fits[FitArgs.parse(args).fit],
    isEnabled: isCurrent,
    execute: (args) => {
      const screen = current()?.content.screen;
      if (screen) {
        screen.fitting = FitArgs.parse(args).fit;
      }
    },
  });
  commands.addCommand(CommandIDs.screenshot, {
    describedBy: { args: NO_ARGS },
    label: trans.__('Desktop: download a screenshot'),
    isEnabled: isConnected,
    execute: async () => {
      const said = await current()?.content.screenshots.download();
      if (said) {
        Notification.info(said, { autoClose: 5_000 });
      }
    },
  });
  commands.addCommand(CommandIDs.fullScreen, {
    describedBy: { args: NO_ARGS },
    label: trans.__('Desktop: full screen'),
    isEnabled: isCurrent,
    execute: async () => {
      const tab = current();
      if (tab) {
        await toggleFullScreen(tab);
      }
    },
  });
}

/** All of them with their arguments, as the palette offers them. */
export function paletteItems() {
  const { restart, shutDown, sendKeys, fit, screenshot, fullScreen } =
    CommandIDs;
  return [
    ...[restart, shutDown, screenshot, fullScreen].map((command) => ({
      command,
      args: {},
    })),
    ...FITS.map((each) => ({ command: fit, args: { fit: each } })),
    ...Object.keys(SENDABLE).map((keys) => ({
      command: sendKeys,
      args: { keys },
    })),
  ];
}
