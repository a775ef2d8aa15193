import type { TranslationBundle } from '@jupyterlab/translation';
import {
  ReactiveToolbar,
  ReactWidget,
  type Toolbar,
} from '@jupyterlab/ui-components';
import { Widget } from '@lumino/widgets';
import type { ReactElement } from 'react';

import { onFullScreen, toggleFullScreen } from './full-screen.js';
import {
  barsIcon,
  cameraIcon,
  clipboardIcon,
  fitIcon,
  fullScreenIcon,
  keyboardIcon,
} from './icons.js';
import { HOLDABLE } from './keys.js';
import type { Popover } from './popover.js';
import { ToolButton, type Face } from './tool-button.js';
import type { DesktopView } from './view.js';
import { stateWord } from './words.js';

/**
 * Fills the toolbar of a desktop's tab.
 *
 * What comes first here stays longest where there is little room; the style sheet
 * puts the connection and what follows it to the right.
 */
export function fillToolbar(
  toolbar: Toolbar,
  tab: Widget,
  view: DesktopView,
  title: string,
  trans: TranslationBundle,
): void {
  const { screen, popovers, clipboard, model } = view;
  toolbar.addClass('bt-Desktop-toolbar');
  const button = (popover: Popover, face: () => Face, menu = true) =>
    new PopoverButton(view, popover, face, menu);

  const state = button(popovers.connection, () => {
    const { roundTrip } = screen.vitals.figures;
    const isConnected = model.state.kind === 'connected';
    if (isConnected && model.info?.problem) {
      return {
        icon: barsIcon,
        label: trans.__('Does not answer'),
        tooltip: model.info.problem,
        state: 'failed',
      };
    }
    const word = stateWord(model.state, roundTrip, trans);
    const number =
      isConnected && roundTrip !== null
        ? trans.__('%1 ms', Math.round(roundTrip))
        : '';
    return {
      icon: barsIcon,
      label: `${word} ${number}`.trim(),
      tooltip: trans.__('Connection and quality'),
      state: `${model.state.kind} ${word}`,
    };
  });
  state.addClass('bt-Desktop-state');
  screen.vitals.measured.connect(() => state.update(), state);
  model.changed.connect(() => state.update(), state);

  const fit = button(popovers.view, () => ({
    icon: fitIcon,
    label:
      screen.fitting === 'actual'
        ? trans.__('Actual size')
        : screen.fitting === 'fit' && screen.isSizing
          ? trans.__('Fit to tab')
          : trans.__('Scaled'),
    tooltip: trans.__('How the picture fills the tab'),
  }));
  screen.fitChanged.connect(() => fit.update(), fit);

  const copy = button(popovers.clipboard, () => ({
    icon: clipboardIcon,
    label: clipboard.isWaiting
      ? trans.__('Clipboard: new text')
      : trans.__('Clipboard'),
    tooltip: trans.__('Copy and paste between the desktop and your computer'),
  }));
  clipboard.changed.connect(() => copy.update(), copy);

  const keys = button(popovers.keys, () => {
    const held = Object.keys(HOLDABLE).filter((name) =>
      screen.held.isHeld(name),
    );
    return {
      icon: keyboardIcon,
      label: [trans.__('Keys'), ...held].join(' '),
      tooltip: trans.__('Send keys that your browser keeps for itself'),
    };
  });
  screen.held.changed.connect(() => keys.update(), keys);
  const desktop = button(popovers.desktop, () => ({ label: title }));
  // The toolbar passes it on to the button that had it last.
  screen.keyboard.released.connect(() => desktop.focusButton());

  toolbar.addItem('desktop', desktop);
  toolbar.addItem('state', state);
  toolbar.addItem('full-screen', new FullScreenButton(tab, trans));
  toolbar.addItem('clipboard', copy);
  toolbar.addItem('keys', keys);
  toolbar.addItem('view', fit);
  toolbar.addItem(
    'screenshot',
    button(
      popovers.screenshot,
      () => ({
        icon: cameraIcon,
        tooltip: trans.__('Screenshot to a file'),
      }),
      false,
    ),
  );
  toolbar.addItem('hint', keyboardHint(trans));
  toolbar.addItem('spacer', ReactiveToolbar.createSpacerItem());
}

/** Opens a panel, and says whether it is open. */
class PopoverButton extends ReactWidget {
  constructor(
    private readonly view: DesktopView,
    private readonly popover: Popover,
    private readonly face: () => Face,
    hasArrow: boolean,
  ) {
    super();
    this.addClass('jp-ToolbarButton');
    this.addClass('bt-Desktop-button');
    this.toggleClass('bt-Desktop-menuButton', hasArrow);
    popover.toggled.connect(() => this.update(), this);
  }

  focusButton(): void {
    this.button?.focus();
  }

  protected override render(): ReactElement {
    return (
      <ToolButton
        {...this.face()}
        isOpen={this.popover.isVisible}
        onClick={this.onClick}
      />
    );
  }

  private get button(): HTMLElement | null {
    return this.node.querySelector('button');
  }

  private readonly onClick = () => {
    this.view.toggle(this.popover, this.button ?? this.node);
  };
}

class FullScreenButton extends ReactWidget {
  constructor(
    private readonly tab: Widget,
    private readonly trans: TranslationBundle,
  ) {
    super();
    this.addClass('jp-ToolbarButton');
    onFullScreen(tab, (on) => {
      this.isOn = on;
      this.update();
    });
  }

  protected override render(): ReactElement {
    return (
      <ToolButton
        icon={fullScreenIcon}
        tooltip={this.trans.__('Full screen')}
        isOn={this.isOn}
        onClick={() => void toggleFullScreen(this.tab)}
      />
    );
  }

  private isOn = false;
}

/** Shown while the keys go to the desktop. */
function keyboardHint(trans: TranslationBundle): Widget {
  const hint = new Widget();
  hint.addClass('bt-Desktop-hint');
  hint.node.textContent = trans.__('Ctrl+Alt+Shift: keyboard to JupyterLab');
  return hint;
}
