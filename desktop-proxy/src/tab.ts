import { MainAreaWidget, type WidgetTracker } from '@jupyterlab/apputils';
import type { LabIcon } from '@jupyterlab/ui-components';

import type { Opening } from './applications/opening.js';
import type { Directory } from './directory.js';
import { desktopIcon } from './icons.js';
import type { DesktopActs } from './panels/desktop-panel.js';
import type { Quality } from './quality.js';
import { labelFor } from './running.js';
import type { TabServices } from './services.js';
import type { Fit } from './sizing.js';
import { fillToolbar } from './toolbar.js';
import { DesktopView } from './view.js';

export type DesktopTab = MainAreaWidget<DesktopView>;

export interface TabOptions {
  /** Of the desktop. */
  name: string;
  /** Id of its program. */
  program: string;
  /** The program's name for a person. */
  title: string;
  icon?: LabIcon;
  opening?: Opening;
  /** Whether to start the desktop if it does not run. */
  start: boolean;
  fit?: Fit | undefined;
  quality?: Quality | undefined;
}

/** Makes a tab, which is to be added to JupyterLab yet. */
export function makeTab(
  options: TabOptions,
  services: TabServices,
  directory: Directory,
  tracker: WidgetTracker<DesktopTab>,
  acts: (tab: DesktopTab) => DesktopActs,
): DesktopTab {
  const { name, program, icon, opening, start, fit, quality } = options;
  const label = labelFor(name, program, options.title);
  const view: DesktopView = new DesktopView({
    ...{ services, name, program, start },
    ...{ title: label, programTitle: options.title },
    ...(opening && { opening }),
    acts: {
      startAgain: () => acts(tab).startAgain(),
      shutDown: () => acts(tab).shutDown(),
    },
  });
  const { screen, model } = view;
  if (fit) {
    screen.fitting = fit;
  }
  if (quality) {
    screen.vitals.quality = quality;
  }
  const tab = new MainAreaWidget({ content: view });
  tab.id = `beamtime-desktop-${name}`;
  tab.title.label = label;
  tab.title.icon = icon ?? desktopIcon;
  tab.title.closable = true;
  fillToolbar(tab.toolbar, tab, view, label, services.trans);

  const watch = directory.watch();
  tab.disposed.connect(() => watch.dispose());
  directory.changed.connect(() => {
    const info = directory.find(name);
    if (info) {
      model.note(info);
    }
  }, view);
  // What runs has changed, and the layout keeps how it is looked at.
  model.changed.connect(({ state }) => {
    if (state.kind === 'connected' || state.kind === 'ended') {
      void directory.refresh();
    }
  }, view);
  const save = () => void (tracker.has(tab) && tracker.save(tab));
  screen.peopleChanged.connect(() => void directory.refresh(), view);
  screen.fitChanged.connect(save, view);
  screen.vitals.chosen.connect(save, view);
  return tab;
}
