import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { WidgetTracker } from '@jupyterlab/apputils';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import * as z from 'zod/mini';

import { actsOf } from './acts.js';
import type { Mark } from './applications/icons.js';
import { freeName } from './applications/names.js';
import type { Opening } from './applications/opening.js';
import type { IPrograms } from './applications/tokens.js';
import { desktopIcon } from './icons.js';
import { QUALITIES } from './quality.js';
import type { TabServices } from './services.js';
import { FITS } from './sizing.js';
import { makeTab, type DesktopTab } from './tab.js';

/** Opens a program in its tab, or shows the tab that there is. */
export const OPEN = 'beamtime-desktop:open';

const OpenArgs = z.object({
  /** Id of the program; a terminal window if absent. */
  program: z._default(z.string(), 'xterm'),
  /** Name of the desktop; that of its program if absent. */
  desktop: z.optional(z.string()),
  /** Whether to open it beside one that runs. */
  another: z._default(z.boolean(), false),
  file: z.optional(z.string()),
  folder: z.optional(z.string()),
  experiment: z.optional(z.string()),
  mode: z.optional(z.enum(['window', 'desktop'])),
  /** The launcher's folder: where the program starts if nothing else is said. */
  cwd: z.optional(z.string()),
  /** Whether the page restores its layout: then nothing is started. */
  restored: z._default(z.boolean(), false),
  /** Whether the label stands among other commands. */
  isPalette: z._default(z.boolean(), false),
  /** Whether the label stands in the menu of a file. */
  isOpenWith: z._default(z.boolean(), false),
  /** How it was looked at. */
  fit: z.optional(z.enum(FITS)),
  quality: z.optional(z.enum(QUALITIES)),
  /** The program's name, for as long as nothing better is known. */
  title: z.optional(z.string()),
});
type OpenArgs = z.infer<typeof OpenArgs>;

const text = (description: string) => ({ type: 'string', description });

/** The same for the page that lists JupyterLab's commands. */
const DESCRIPTION = {
  type: 'object',
  properties: {
    program: text('Id of the program: xterm (the default), desktop, …'),
    desktop: text('Name of the desktop; that of its program by default'),
    file: text('Path of the file that is handed to it'),
    folder: text('Path of the folder in which it starts'),
    experiment: text("Name of the experiment's folder below Experiments"),
    mode: { type: 'string', enum: ['window', 'desktop'] },
    another: { type: 'boolean', description: 'Beside one that runs already' },
  },
};

/** Adds the command that opens programs. */
export function addOpen(
  { commands, shell }: JupyterFrontEnd,
  tracker: WidgetTracker<DesktopTab>,
  services: TabServices,
  { catalogue, icons, directory }: IPrograms,
): void {
  const { trans } = services;

  const labelOf = ({
    program: id,
    another,
    isPalette,
    isOpenWith,
  }: OpenArgs) => {
    const program = catalogue.find(id);
    const title = program?.title ?? id;
    if (another) {
      return trans.__('Another desktop');
    }
    if (isOpenWith && program && program.missing.length > 0) {
      return trans.__('%1 (cannot start here)', title);
    }
    return isPalette ? trans.__('Open %1', title) : title;
  };

  const markOf = ({ program: id, another, isOpenWith }: OpenArgs): Mark => {
    if ((catalogue.find(id)?.missing.length ?? 0) > 0) {
      return 'missing';
    }
    const isOpen = directory.all.some(
      (each) => each.program.id === id && each.state !== 'ended',
    );
    return isOpen && !another && !isOpenWith ? 'open' : null;
  };

  const iconOf = (wish: OpenArgs) => {
    const program = catalogue.find(wish.program);
    return program ? icons.of(program, markOf(wish)) : desktopIcon;
  };

  const captionOf = (wish: OpenArgs) => {
    const program = catalogue.find(wish.program);
    if (program && markOf(wish) === 'open') {
      return trans.__('%1 is open. A click shows it.', program.title);
    }
    return (
      program?.missing.join('\n') ||
      program?.comment ||
      trans.__('A program with a window, in a tab of JupyterLab')
    );
  };

  const nameFor = async (
    { program, desktop, another, mode }: OpenArgs,
    { file }: Opening,
  ): Promise<string> => {
    if (desktop ?? !(another || file || mode)) {
      return desktop ?? program;
    }
    const same = tracker.find(
      ({ content: { model } }) =>
        model.program === program && !!file && model.opening.file === file,
    );
    if (same && !another) {
      return same.content.model.name;
    }
    await directory.refresh();
    const used = new Set(
      directory.all
        .filter((each) => each.state !== 'ended')
        .map((each) => each.name),
    );
    tracker.forEach((tab) => used.add(tab.content.model.name));
    return freeName(program, used);
  };

  commands.addCommand(OPEN, {
    describedBy: { args: DESCRIPTION },
    label: (args) => labelOf(OpenArgs.parse(args)),
    caption: (args) => captionOf(OpenArgs.parse(args)),
    icon: (args) =>
      args['isPalette'] ? undefined : iconOf(OpenArgs.parse(args)),
    execute: async (args) => {
      const wish = OpenArgs.parse(args);
      const { program, restored, fit, quality } = wish;
      const opening = openingOf(wish);
      const name = await nameFor(wish, opening);
      const there = tracker.find((tab) => tab.content.model.name === name);
      if (there) {
        shell.activateById(there.id);
        return there;
      }
      if (!restored && !catalogue.isKnown) {
        await catalogue.refresh();
      }
      const known = catalogue.find(program);
      const title =
        known?.title ??
        directory.find(name)?.program.title ??
        wish.title ??
        program;
      const start = !restored;
      const tab = makeTab(
        {
          ...{ name, program, title, start, fit, quality, opening },
          ...(known && { icon: icons.of(known) }),
        },
        ...([services, directory, tracker] as const),
        (each) => actsOf(each, trans),
      );
      catalogue.changed.connect(() => {
        const found = catalogue.find(program);
        if (found) {
          tab.title.icon = icons.of(found);
        }
      }, tab);
      void tracker.add(tab);
      shell.add(tab, 'main');
      if (start) {
        shell.activateById(tab.id);
      }
      return tab;
    },
  });
}

function openingOf({ file, folder, experiment, mode, cwd }: OpenArgs): Opening {
  const start = folder ?? (file === undefined ? cwd : undefined);
  return {
    ...(file && { file }),
    ...(start && { folder: start }),
    ...(experiment && { experiment }),
    ...(mode && { mode }),
  };
}

/** What `open` is to be given to find a tab again after the page was left. */
export function restoreArgs({
  content,
}: DesktopTab): ReadonlyPartialJSONObject {
  const { model, screen } = content;
  return {
    ...model.opening,
    desktop: model.name,
    program: model.program,
    title: content.programTitle,
    fit: screen.fitting,
    quality: screen.vitals.quality,
    restored: true,
  };
}
