import type { TranslationBundle } from '@jupyterlab/translation';
import {
  ReactiveToolbar,
  ToolbarButton,
  type LabIcon,
  type Toolbar,
} from '@jupyterlab/ui-components';
import { Widget, type Menu } from '@lumino/widgets';

import { clipboardIcon, fullScreenIcon, keyboardIcon } from './icons.js';
import type { DesktopView } from './view.js';
import { stateWord } from './words.js';

export interface ToolbarMenus {
  /** What can be done with the desktop as a whole. */
  desktop: Menu;
  /** Keys to send. */
  keys: Menu;
}

/**
 * Fills the toolbar of a desktop's tab.
 *
 * What comes first here stays longest where there is little room; the style sheet
 * puts the state of the connection to the right.
 */
export function fillToolbar(
  toolbar: Toolbar,
  view: DesktopView,
  title: string,
  menus: ToolbarMenus,
  trans: TranslationBundle,
): void {
  toolbar.addClass('bt-Desktop-toolbar');
  const keys = menuButton(trans.__('Keys'), menus.keys, keyboardIcon);
  toolbar.addItem('state', new StateWord(view, trans));
  toolbar.addItem('desktop', menuButton(title, menus.desktop));
  toolbar.addItem('full-screen', fullScreenButton(view, trans));
  toolbar.addItem('clipboard', clipboardButton(view, trans));
  toolbar.addItem('keys', keys);
  toolbar.addItem('hint', keyboardHint(trans));
  toolbar.addItem('spacer', ReactiveToolbar.createSpacerItem());
  view.screen.released.connect(() => {
    keys.node.querySelector<HTMLElement>('.jp-ToolbarButtonComponent')?.focus();
  });
}

function menuButton(
  label: string,
  menu: Menu,
  icon?: LabIcon.IMaybeResolvable,
): ToolbarButton {
  const button: ToolbarButton = new ToolbarButton({
    className: 'bt-Desktop-menuButton',
    'aria-haspopup': 'menu',
    label,
    ...(icon && { icon }),
    onClick: () => {
      const { left, bottom } = button.node.getBoundingClientRect();
      menu.open(left, bottom);
    },
  });
  menu.aboutToClose.connect(() => {
    button.pressed = false;
  }, button);
  return button;
}

function clipboardButton(
  { clipboard }: DesktopView,
  trans: TranslationBundle,
): ToolbarButton {
  const button = new ToolbarButton({
    icon: clipboardIcon,
    label: trans.__('Clipboard'),
    tooltip: trans.__('Copy and paste between the desktop and your computer'),
    onClick: () => clipboard.toggle(),
  });
  clipboard.toggled.connect(() => {
    button.pressed = clipboard.isVisible;
  });
  return button;
}

function fullScreenButton(
  view: DesktopView,
  trans: TranslationBundle,
): ToolbarButton {
  const button = new ToolbarButton({
    icon: fullScreenIcon,
    tooltip: trans.__('Full screen'),
    onClick: () => void view.toggleFullScreen(),
  });
  view.node.addEventListener('fullscreenchange', () => {
    button.pressed = document.fullscreenElement === view.node;
  });
  return button;
}

/** Shown while the keys go to the desktop. */
function keyboardHint(trans: TranslationBundle): Widget {
  const hint = new Widget();
  hint.addClass('bt-Desktop-hint');
  hint.node.textContent = trans.__('Ctrl+Alt+Shift: keyboard to JupyterLab');
  return hint;
}

/** The state of the connection as a word. */
class StateWord extends Widget {
  constructor(
    private readonly view: DesktopView,
    private readonly trans: TranslationBundle,
  ) {
    super();
    this.addClass('bt-Desktop-state');
    view.model.changed.connect(this.showState, this);
    this.showState();
  }

  private readonly showState = () => {
    const { state } = this.view.model;
    this.node.textContent = stateWord(state, this.trans);
    this.node.dataset['state'] = state.kind;
  };
}
