import type { IRunningSessions } from '@jupyterlab/running';
import type { TranslationBundle } from '@jupyterlab/translation';

import { DesktopError, type IDesktops } from './client.js';
import type { Directory } from './directory.js';
import { desktopIcon } from './icons.js';
import type { DesktopInfo } from './wire.js';
import { clockTime } from './words.js';

export interface RunningOptions {
  desktops: IDesktops;
  directory: Directory;
  /** Shows it in a tab. */
  open: (desktop: DesktopInfo) => void;
  /** Asks the user. */
  agreed: (desktop: DesktopInfo) => Promise<boolean>;
  /** Shows a sentence. */
  complain: (message: string) => void;
  trans: TranslationBundle;
}

/** Lists desktops in JupyterLab's panel of what runs. */
export function runningDesktops(
  options: RunningOptions,
): IRunningSessions.IManager {
  const { desktops, directory, open, agreed, complain, trans } = options;
  const shutDown = async (desktop: DesktopInfo) => {
    try {
      await desktops.shutDown(desktop.name);
    } catch (error) {
      if (!(error instanceof DesktopError)) {
        throw error;
      }
      complain(error.message);
    }
    await directory.refresh();
  };
  const askAndShutDown = async (desktop: DesktopInfo) => {
    if (await agreed(desktop)) {
      await shutDown(desktop);
    }
  };
  const running = () =>
    directory.all.filter((desktop) => desktop.state !== 'ended');
  return {
    name: trans.__('Desktops'),
    running: () =>
      running().map((desktop) => ({
        icon: () => desktopIcon,
        label: () => labelOf(desktop),
        labelTitle: () =>
          desktop.since
            ? trans.__(
                '%1, running since %2',
                ...[desktop.program.title, clockTime(desktop.since)],
              )
            : desktop.program.title,
        open: () => open(desktop),
        shutdown: () => void askAndShutDown(desktop),
      })),
    shutdownAll: () => void Promise.all(running().map(shutDown)),
    refreshRunning: () => void directory.refresh(),
    runningChanged: directory.changed,
    shutdownLabel: trans.__('Shut down'),
    shutdownAllLabel: trans.__('Shut down all'),
    shutdownAllConfirmationText: trans.__(
      'All desktops end, with all programs on them. What they have not saved is lost.',
    ),
  };
}

/** The program, and which of several desktops with it. */
export function labelOf({ name, program }: DesktopInfo): string {
  return labelFor(name, program.id, program.title);
}

/** The same of its parts: desktop `pymca-2` of program `pymca` is "PyMca 2". */
export function labelFor(name: string, id: string, title: string): string {
  if (name === id) {
    return title;
  }
  return name.startsWith(`${id}-`)
    ? `${title} ${name.slice(id.length + 1)}`
    : `${title} (${name})`;
}
