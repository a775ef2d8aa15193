import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import { Signal, type ISignal } from '@lumino/signaling';
import { useState, type ReactElement } from 'react';

import type { DesktopScreen } from './screen.js';

/** A panel over the picture with what was last copied there, to take and to give. */
export class ClipboardPanel extends ReactWidget {
  constructor(
    private readonly screen: DesktopScreen,
    private readonly trans: TranslationBundle,
  ) {
    super();
    this.addClass('bt-Desktop-clipboard');
    this.node.addEventListener('keydown', this.onKeyDown);
    screen.clipboardChanged.connect(() => this.update(), this);
    this.hide();
  }

  /** Emitted after it was shown or hidden. */
  get toggled(): ISignal<this, void> {
    return this._toggled;
  }

  /** Shows or hides it; gives the focus to where it belongs then. */
  toggle(): void {
    this.setHidden(!this.isHidden);
    this._toggled.emit();
    if (this.isHidden) {
      this.screen.activate();
    } else {
      this.update();
      this.node.querySelector('textarea')?.focus();
    }
  }

  protected override render(): ReactElement {
    const { clipboard } = this.screen;
    return (
      // The key begins anew with what was copied on the desktop.
      <ClipboardForm
        key={clipboard}
        text={clipboard}
        send={(text) => this.screen.paste(text)}
        trans={this.trans}
      />
    );
  }

  private readonly _toggled = new Signal<this, void>(this);

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.toggle();
    }
  };
}

function ClipboardForm(props: {
  text: string;
  send: (text: string) => void;
  trans: TranslationBundle;
}): ReactElement {
  const { send, trans } = props;
  const [text, setText] = useState(props.text);
  const [said, setSaid] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(trans.__('Copied.'));
    } catch {
      setSaid(
        trans.__(
          'This browser does not let pages copy. Select the text and press Ctrl+C.',
        ),
      );
    }
  };
  return (
    <>
      <h3>{trans.__('Clipboard')}</h3>
      <p>
        {trans.__(
          'What was last copied on the desktop, or what to send to it.',
        )}
      </p>
      <textarea
        className="jp-mod-styled"
        aria-label={trans.__('Text of the clipboard')}
        rows={4}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="bt-Desktop-buttons">
        <button className="jp-mod-styled" onClick={() => void copy()}>
          {trans.__('Copy to my computer')}
        </button>
        <button
          className="jp-mod-styled"
          onClick={() => {
            send(text);
            setSaid(trans.__('Sent. Paste it on the desktop.'));
          }}
        >
          {trans.__('Send to the desktop')}
        </button>
      </div>
      <p role="status">{said}</p>
    </>
  );
}
