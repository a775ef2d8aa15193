import { Notification } from '@jupyterlab/apputils';
import type { Message } from '@lumino/messaging';
import { Panel } from '@lumino/widgets';

import type { Opening } from './applications/opening.js';
import { browserClipboard, ClipboardBridge } from './clipboard-bridge.js';
import { DropArea } from './drop.js';
import { DesktopModel } from './model.js';
import { DesktopNotice } from './notice.js';
import type { DesktopActs } from './panels/desktop-panel.js';
import { makePopovers, type Popovers } from './popovers.js';
import { DesktopScreen } from './screen.js';
import { Screenshots } from './screenshots.js';
import type { TabServices } from './services.js';
import type { DesktopState } from './state.js';

export interface ViewOptions {
  services: TabServices;
  name: string;
  /** Id of the program. */
  program: string;
  /** With what it is opened when it starts. */
  opening?: Opening;
  /** Name of the tab for a person: of the program, and which of several. */
  title: string;
  /** Name of the program alone. */
  programTitle: string;
  /** Whether to start the desktop if it does not run. */
  start: boolean;
  /** What can be done with the desktop as a whole. */
  acts: DesktopActs;
}

/** States in which keys have nowhere to go, and something is to be chosen. */
const ENDS = new Set<DesktopState['kind']>(['ended', 'missing', 'failed']);

/** The inside of a desktop's tab: the picture, or why there is none. */
export class DesktopView extends Panel {
  constructor(private readonly options: ViewOptions) {
    super();
    const { services, name, program, opening, title, start, acts } = options;
    const { desktops, contents, folder, upload, trans } = services;
    this.addClass('bt-Desktop');
    const model = new DesktopModel(desktops, {
      ...{ name, program, restored: !start },
      ...(opening && { opening }),
      size: () => ({
        width: this.node.clientWidth || 1280,
        height: this.node.clientHeight || 800,
      }),
    });
    const label = trans.__('Keyboard of %1', title);
    const screen = new DesktopScreen(model, label);
    const take = () => screen.screenshot();
    const bridge = new ClipboardBridge(screen, model, browserClipboard());
    const parts = { model, screen, bridge, acts, trans };
    const screenshots = new Screenshots({
      ...{ take, title, contents, folder, trans },
    });
    this.screenshots = screenshots;
    this.model = model;
    this.screen = screen;
    this.clipboard = bridge;
    this.popovers = makePopovers({ ...parts, screenshots });
    const close = () => this.parent?.close();
    this.notice = new DesktopNotice(model, title, close, trans);
    this.addWidget(screen);
    this.addWidget(this.notice);
    this.addWidget(new DropArea({ host: this.node, upload, trans }));
    Object.values(this.popovers).forEach((each) => this.addWidget(each));
    model.changed.connect(this.onModelChanged, this);
    model.fell.connect(this.onFell, this);
  }

  /** The program's name for a person. */
  get programTitle(): string {
    return this.options.programTitle;
  }

  readonly model: DesktopModel;
  readonly screen: DesktopScreen;
  readonly clipboard: ClipboardBridge;
  readonly screenshots: Screenshots;
  readonly popovers: Popovers;

  override dispose(): void {
    this.model.dispose();
    super.dispose();
  }

  /** Opens a panel below its button, or closes it. */
  toggle(popover: Popovers[keyof Popovers], anchor: HTMLElement): void {
    if (popover.isVisible) {
      popover.dismiss();
      return;
    }
    Object.values(this.popovers).forEach((each) => each.dismiss(false));
    popover.open(anchor);
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    if (this.model.state.kind === 'connected') {
      this.screen.activate();
    } else {
      this.notice.focusButton();
    }
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this.openOnce();
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    this.openOnce();
  }

  /** A tab that nobody has looked at yet connects to nothing. */
  private openOnce(): void {
    if (this.isVisible && !this.isOpened) {
      this.isOpened = true;
      void this.model.open(this.options.start);
    }
  }

  private readonly onModelChanged = () => {
    const { kind } = this.model.state;
    this.node.dataset['state'] = kind;
    const hadKeys = document.activeElement === this.screen.keyboard.field;
    if (hadKeys && ENDS.has(kind)) {
      this.notice.focusButton();
    }
  };

  private readonly onFell = () => {
    const { services, title } = this.options;
    Notification.warning(
      services.trans.__(
        'The display of %1 crashed and was started again, with its programs anew. What they had not saved is lost.',
        title,
      ),
      { autoClose: false },
    );
  };

  private readonly notice: DesktopNotice;
  private isOpened = false;
}
