import { ReactWidget } from '@jupyterlab/ui-components';
import { Signal, type ISignal } from '@lumino/signaling';
import type { Message } from '@lumino/messaging';
import type { ReactElement, ReactNode } from 'react';

/** What a popover is about. */
export interface PopoverContent {
  /** Its name, which is its heading too. */
  label: string;
  /** What it shows; called anew whenever {@link Popover.update} is. */
  render: () => ReactNode;
}

/** A small panel over the picture, below the button that opened it. */
export class Popover extends ReactWidget {
  constructor(private readonly content: PopoverContent) {
    super();
    this.addClass('bt-Desktop-popover');
    this.node.setAttribute('role', 'dialog');
    this.node.setAttribute('aria-label', content.label);
    this.hide();
  }

  /** Emitted after it was opened or closed. */
  get toggled(): ISignal<this, void> {
    return this._toggled;
  }

  get label(): string {
    return this.content.label;
  }

  /** Opens it below `anchor`, which gets the focus back when it is closed. */
  open(anchor: HTMLElement): void {
    this.anchor = anchor;
    this.update();
    this.show();
    this.place();
    document.addEventListener('pointerdown', this.onPointerDown, true);
    document.addEventListener('keydown', this.onKeyDown, true);
    this._toggled.emit();
  }

  /** @param focus - Whether the button gets the focus back. */
  dismiss(focus = true): void {
    if (this.isHidden) {
      return;
    }
    const { anchor } = this;
    this.forget();
    this.hide();
    this._toggled.emit();
    if (focus) {
      anchor?.focus();
    }
  }

  override dispose(): void {
    this.forget();
    super.dispose();
  }

  protected override render(): ReactElement {
    return (
      <>
        <h3>{this.content.label}</h3>
        {this.isHidden ? null : this.content.render()}
      </>
    );
  }

  protected override onUpdateRequest(message: Message): void {
    super.onUpdateRequest(message);
    // React has painted by then, and the panel has its size.
    void this.renderPromise?.then(() => {
      if (!this.isHidden && !this.node.contains(document.activeElement)) {
        this.place();
        this.focusFirst();
      }
    });
  }

  private focusFirst(): void {
    if (this.wantsFocus) {
      this.wantsFocus = false;
      this.node
        .querySelector<HTMLElement>('textarea, input:checked, button, input')
        ?.focus();
    }
  }

  /** Below the button, and inside the tab. */
  private place(): void {
    const { anchor } = this;
    const room = this.parent?.node.getBoundingClientRect();
    if (!anchor || !room) {
      return;
    }
    const { left, bottom } = anchor.getBoundingClientRect();
    const wanted = left - room.left;
    const most = room.width - this.node.offsetWidth - GAP;
    this.node.style.left = `${Math.max(GAP, Math.min(wanted, most))}px`;
    // Where there is little room, the button lies in a second row over the tab.
    this.node.style.top = `${Math.max(0, bottom - room.top) + GAP}px`;
  }

  private forget(): void {
    document.removeEventListener('pointerdown', this.onPointerDown, true);
    document.removeEventListener('keydown', this.onKeyDown, true);
    this.anchor = null;
    this.wantsFocus = true;
  }

  private readonly onPointerDown = ({ target }: PointerEvent): void => {
    if (!this.covers(target)) {
      this.dismiss(false);
    }
  };

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    // In the picture, the key is the desktop's.
    if (event.key === 'Escape' && this.covers(event.target)) {
      event.stopPropagation();
      this.dismiss();
    }
  };

  /** Whether it lies in the panel, or is the button that opened it. */
  private covers(target: EventTarget | null): boolean {
    return (
      target instanceof Node &&
      (this.node.contains(target) || this.anchor?.contains(target) === true)
    );
  }

  private anchor: HTMLElement | null = null;
  private wantsFocus = true;
  private readonly _toggled = new Signal<this, void>(this);
}

const GAP = 8;
