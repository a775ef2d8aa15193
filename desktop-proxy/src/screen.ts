import { Signal, type ISignal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import type { Message } from '@lumino/messaging';

import { HeldKeys } from './held-keys.js';
import { Keyboard } from './keyboard.js';
import type { KeyStroke } from './keys.js';
import type { DesktopModel } from './model.js';
import type { Said } from './side-channel.js';
import type { Fit } from './sizing.js';
import { Viewer } from './viewer.js';
import { Vitals } from './vitals.js';

/** The picture of a desktop. While it has the focus, all keys go to the desktop. */
export class DesktopScreen extends Widget {
  /** @param label - Names the picture's keyboard for those who do not see it. */
  constructor(
    private readonly model: DesktopModel,
    label: string,
  ) {
    super();
    this.addClass('bt-Desktop-screen');
    // JupyterLab's shortcuts would come first: Ctrl+S would save a notebook.
    this.node.dataset['lmSuppressShortcuts'] = 'true';
    this.keyboard.field.setAttribute('aria-label', label);
    this.node.append(this.keyboard.field);
    this.node.addEventListener('mousedown', this.focusKeyboard, true);
    this.node.addEventListener('touchstart', this.focusKeyboard, true);
    this.keyboard.typed.connect(() => this.held.letGo());
    this.vitals = new Vitals({
      ping: (n) => this.viewer?.ping(n),
      dead: this.onDead,
      adapt: (levels) => this.viewer?.setLevels(levels),
    });
    document.addEventListener('visibilitychange', this.onVisibilityChange);
    window.addEventListener('online', this.onNetworkBack);
    model.changed.connect(this.onModelChanged, this);
    Viewer.preload();
  }

  readonly keyboard = new Keyboard({
    pass: (event) => this.viewer?.canvas.dispatchEvent(event),
    press: (key) => this.viewer?.press(key),
    release: (key) => this.viewer?.release(key),
  });
  readonly held = new HeldKeys(
    (key) => this.viewer?.press(key),
    (key) => this.viewer?.release(key),
  );

  /** How the connection does. */
  readonly vitals: Vitals;

  /** Emitted when something was copied on the desktop. */
  get copied(): ISignal<this, string> {
    return this._copied;
  }

  /** Emitted when {@link fitting} or {@link isSizing} has changed. */
  get fitChanged(): ISignal<this, void> {
    return this._fitChanged;
  }

  get fitting(): Fit {
    return this._fitting;
  }

  /** Sets how the picture fills the tab. `fit` takes the sizing over from another tab. */
  set fitting(fit: Fit) {
    this._fitting = fit;
    if (fit === 'fit') {
      this.viewer?.takeSizing();
    }
    this.applyFit();
  }

  /** Whether this tab, and not another, gives the desktop its size. */
  get isSizing(): boolean {
    return this._isSizing ?? true;
  }

  /** Emitted when somebody began or ceased to look on. */
  get peopleChanged(): ISignal<this, void> {
    return this._peopleChanged;
  }

  /** Gives a text to the desktop's clipboard. */
  paste(text: string): void {
    this.viewer?.paste(text);
  }

  /** Presses the keys in turn, then releases them. */
  send(keys: readonly KeyStroke[]): void {
    keys.forEach((key) => this.viewer?.press(key));
    keys.toReversed().forEach((key) => this.viewer?.release(key));
    this.held.letGo();
    this.activate();
  }

  /** The picture as a PNG; null if there is none. */
  async screenshot(): Promise<Blob | null> {
    return (await this.viewer?.screenshot()) ?? null;
  }

  override dispose(): void {
    document.removeEventListener('visibilitychange', this.onVisibilityChange);
    window.removeEventListener('online', this.onNetworkBack);
    this.drop();
    this.keyboard.dispose();
    super.dispose();
  }

  protected override onActivateRequest(message: Message): void {
    super.onActivateRequest(message);
    if (this.viewer) {
      this.keyboard.field.focus({ preventScroll: true });
    }
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this.onVisibilityChange();
  }

  protected override onBeforeHide(message: Message): void {
    this.vitals.stop();
    this.applyFit(false);
    super.onBeforeHide(message);
  }

  private readonly onModelChanged = () => {
    const { state } = this.model;
    if (state.kind === 'connecting') {
      void this.connect(state.url);
    } else if (state.kind !== 'connected') {
      this.drop();
      if (state.kind !== 'lost') {
        this.setStill(null);
      }
    }
  };

  private async connect(url: string): Promise<void> {
    this.drop();
    const isCurrent = () => {
      const { state } = this.model;
      return state.kind === 'connecting' && state.url === url;
    };
    const viewer: Viewer = await Viewer.connect(this.node, url, {
      connected: () => this.onConnected(),
      lost: () => {
        this.drop();
        void this.model.disconnected();
      },
      copied: (text) => this._copied.emit(text),
      received: (bytes) => this.vitals.received(bytes),
      painted: () => {
        this.vitals.painted();
        if (this.model.state.kind === 'connected') {
          this.setStill(null);
        }
      },
      said: (said) => this.onSaid(said),
    });
    if (this.isDisposed || !isCurrent()) {
      viewer.disconnect();
      return;
    }
    this.drop();
    this.viewer = viewer;
    this._isSizing = null;
    viewer.setLevels(this.vitals.levels);
    viewer.setFit(false, this.fitting !== 'actual');
  }

  private onSaid(said: Said): void {
    switch (said.type) {
      case 'pong':
        this.vitals.answered(said.n);
        break;
      case 'sizing':
        this._isSizing = said.mine;
        this.applyFit();
        break;
      case 'people':
        this._peopleChanged.emit();
    }
  }

  private onConnected(): void {
    this.vitals.reset();
    this.model.connected();
    this.onVisibilityChange();
    const focused = document.activeElement;
    if (focused === document.body || this.parent?.node.contains(focused)) {
      this.activate();
    }
  }

  /** Leaves the desktop; its last picture stays, for as long as it is wanted. */
  private drop(): void {
    const { viewer } = this;
    this.viewer = null;
    this.vitals.stop();
    if (viewer) {
      viewer.disconnect();
      if (viewer.canvas.width > 0) {
        this.setStill(viewer.canvas);
      }
    }
  }

  private setStill(picture: HTMLCanvasElement | null): void {
    this.still?.remove();
    this.still = null;
    if (picture) {
      this.still = document.createElement('div');
      this.still.className = 'bt-Desktop-still';
      this.still.setAttribute('aria-hidden', 'true');
      picture.removeAttribute('style');
      this.still.append(picture);
      this.node.append(this.still);
    }
  }

  private applyFit(isVisible = this.isVisible): void {
    const fit = this.fitting;
    const isSeen = isVisible && !document.hidden;
    const resizes = isSeen && this._isSizing === true && fit === 'fit';
    this.viewer?.setFit(resizes, fit !== 'actual');
    const told = `${fit} ${this.isSizing}`;
    if (told !== this.told) {
      this.told = told;
      this._fitChanged.emit();
    }
  }

  private readonly onDead = () => {
    this.drop();
    void this.model.disconnected();
  };

  private readonly onVisibilityChange = () => {
    const isSeen = this.isVisible && !document.hidden;
    this.vitals.stop();
    if (isSeen && this.viewer) {
      this.vitals.watch();
    }
    this.applyFit();
    if (isSeen) {
      this.onNetworkBack();
    }
  };

  private readonly onNetworkBack = () => {
    if (this.model.state.kind === 'lost') {
      void this.model.retry();
    } else {
      this.vitals.suspect();
    }
  };

  private readonly focusKeyboard = () => {
    if (this.viewer) {
      this.keyboard.field.focus({ preventScroll: true });
    }
  };

  private _fitting: Fit = 'fit';
  /** Null until the gateway has said it. */
  private _isSizing: boolean | null = null;
  private viewer: Viewer | null = null;
  private told = '';
  private still: HTMLElement | null = null;
  private readonly _copied = new Signal<this, string>(this);
  private readonly _peopleChanged = new Signal<this, void>(this);
  private readonly _fitChanged = new Signal<this, void>(this);
}
