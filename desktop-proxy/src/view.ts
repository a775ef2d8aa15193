import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import { Panel } from '@lumino/widgets';

import { ClipboardPanel } from './clipboard.js';
import { DesktopModel } from './model.js';
import { DesktopNotice } from './notice.js';
import { DesktopScreen } from './screen.js';
import type { IDesktops } from './client.js';

export interface ViewOptions {
  desktops: IDesktops;
  name: string;
  /** Id of the program. */
  program: string;
  /** Its name for a person. */
  title: string;
  /** Whether to start the desktop if it does not run. */
  start: boolean;
  trans: TranslationBundle;
}

/** The inside of a desktop's tab: the picture, or why there is none. */
export class DesktopView extends Panel {
  constructor(private readonly options: ViewOptions) {
    super();
    const { desktops, name, program, title, trans } = options;
    this.addClass('bt-Desktop');
    this.model = new DesktopModel(desktops, {
      name,
      program,
      size: () => ({
        width: this.node.clientWidth || 1280,
        height: this.node.clientHeight || 800,
      }),
    });
    this.screen = new DesktopScreen(this.model);
    this.clipboard = new ClipboardPanel(this.screen, trans);
    const close = () => this.parent?.close();
    this.addWidget(this.screen);
    this.addWidget(new DesktopNotice(this.model, title, close, trans));
    this.addWidget(this.clipboard);
  }

  readonly model: DesktopModel;
  readonly screen: DesktopScreen;
  readonly clipboard: ClipboardPanel;

  override dispose(): void {
    this.model.dispose();
    super.dispose();
  }

  /** Fills the browser's screen with the picture, or ends that. */
  async toggleFullScreen(): Promise<void> {
    if (document.fullscreenElement) {
      await document.exitFullscreen();
    } else {
      await this.node.requestFullscreen();
      this.screen.activate();
    }
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    this.screen.activate();
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

  private isOpened = false;
}
