import { Signal, type ISignal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import type { Message } from '@lumino/messaging';
import type RFB from '@novnc/novnc';

import type { DesktopModel } from './model.js';
import { MODIFIERS, type KeyStroke } from './keys.js';

/** The picture of a desktop. While it has the focus, all keys go to the desktop. */
export class DesktopScreen extends Widget {
  constructor(private readonly model: DesktopModel) {
    super();
    this.addClass('bt-Desktop-screen');
    // JupyterLab's shortcuts would come first: Ctrl+S would save a notebook.
    this.node.dataset['lmSuppressShortcuts'] = 'true';
    this.node.addEventListener('keydown', this.onKeyDown, true);
    document.addEventListener('visibilitychange', this.onVisibilityChange);
    model.changed.connect(this.onModelChanged, this);
  }

  /** What was last copied on the desktop. */
  get clipboard(): string {
    return this._clipboard;
  }

  /** Emitted when something was copied on the desktop. */
  get clipboardChanged(): ISignal<this, void> {
    return this._clipboardChanged;
  }

  /** Emitted when the user has asked for the keyboard to go back to JupyterLab. */
  get released(): ISignal<this, void> {
    return this._released;
  }

  /** Gives a text to the desktop's clipboard. */
  paste(text: string): void {
    this.rfb?.clipboardPasteFrom(text);
  }

  /** Presses the keys in turn, then releases them. */
  send(keys: readonly KeyStroke[]): void {
    keys.forEach((key) => this.rfb?.sendKey(key.keysym, key.code, true));
    keys
      .toReversed()
      .forEach((key) => this.rfb?.sendKey(key.keysym, key.code, false));
    this.rfb?.focus();
  }

  override dispose(): void {
    document.removeEventListener('visibilitychange', this.onVisibilityChange);
    this.drop();
    super.dispose();
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    this.rfb?.focus();
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this.updateResizing();
  }

  protected override onBeforeHide(message: Message): void {
    this.updateResizing(false);
    super.onBeforeHide(message);
  }

  private readonly onModelChanged = () => {
    const { state } = this.model;
    if (state.kind === 'connecting') {
      void this.connect(state.url);
    } else if (state.kind !== 'connected') {
      this.drop();
    }
  };

  private async connect(url: string): Promise<void> {
    // In a chunk of its own: it tests the browser while it loads (top-level await).
    const { default: RFB } = await import('@novnc/novnc');
    const { state } = this.model;
    if (this.isDisposed || state.kind !== 'connecting' || state.url !== url) {
      return;
    }
    this.drop();
    const rfb = new RFB(this.node, url, { shared: true });
    this.rfb = rfb;
    rfb.background = 'var(--bt-desktop-background)';
    rfb.scaleViewport = true;
    rfb.addEventListener('connect', () => {
      this.model.connected();
      this.updateResizing();
      const focused = document.activeElement;
      if (focused === document.body || this.parent?.node.contains(focused)) {
        rfb.focus();
      }
    });
    rfb.addEventListener('disconnect', () => {
      if (this.rfb === rfb) {
        this.rfb = null;
        void this.model.disconnected();
      }
    });
    rfb.addEventListener('clipboard', (event) => {
      this._clipboard = event.detail.text;
      this._clipboardChanged.emit();
    });
  }

  private drop(): void {
    const { rfb } = this;
    this.rfb = null;
    rfb?.disconnect();
  }

  /** Only a tab that is seen gives the desktop its size; two would quarrel. */
  private updateResizing(visible = this.isVisible): void {
    if (this.rfb) {
      this.rfb.resizeSession = visible && !document.hidden;
    }
  }

  private readonly onVisibilityChange = () => this.updateResizing();

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey && event.altKey && event.shiftKey && !event.repeat) {
      event.preventDefault();
      event.stopPropagation();
      // The releases of these will not reach the picture any more.
      MODIFIERS.forEach((key) =>
        this.rfb?.sendKey(key.keysym, key.code, false),
      );
      this.rfb?.blur();
      this._released.emit();
    }
  };

  private rfb: RFB | null = null;
  private _clipboard = '';
  private readonly _clipboardChanged = new Signal<this, void>(this);
  private readonly _released = new Signal<this, void>(this);
}
