import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useState, type ReactElement } from 'react';

import { MOST, type ClipboardBridge } from '../clipboard-bridge.js';

/** What was last copied, to take and to give where the browser does not do it by itself. */
export function ClipboardPanel(props: {
  bridge: ClipboardBridge;
  trans: TranslationBundle;
}): ReactElement {
  const { bridge, trans } = props;
  const [text, setText] = useState(bridge.text);
  // What was copied on the desktop meanwhile; what is written stays with what is said of it.
  const [last, setLast] = useState(bridge.text);
  const [said, setSaid] = useState('');
  const [mayRead, setMayRead] = useState<boolean | null>(null);
  if (bridge.text !== last) {
    setLast(bridge.text);
    if (bridge.text !== text) {
      setText(bridge.text);
      setSaid('');
    }
  }
  useEffect(() => {
    void bridge.mayRead().then(setMayRead);
  }, [bridge]);
  const copy = async () => {
    setSaid(
      (await bridge.take(text))
        ? trans.__('Copied.')
        : trans.__(
            'This browser does not let pages copy. Select the text and press Ctrl+C.',
          ),
    );
  };
  return (
    <>
      <p>{explanation(mayRead, trans)}</p>
      {mayRead === false && bridge.canAsk && (
        <button
          className="jp-mod-styled"
          onClick={() => void bridge.ask().then(setMayRead)}
        >
          {trans.__('Let the browser paste by itself')}
        </button>
      )}
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
          onClick={() =>
            setSaid(
              bridge.give(text)
                ? trans.__('Sent. Paste it on the desktop.')
                : trans.__(
                    'It is too long: at most %1 million characters. Use a file.',
                    Math.round(MOST / 1e6),
                  ),
            )
          }
        >
          {trans.__('Send to the desktop')}
        </button>
      </div>
      <p role="status">{said}</p>
    </>
  );
}

function explanation(
  mayRead: boolean | null,
  trans: TranslationBundle,
): string {
  return mayRead
    ? trans.__(
        'Copy and paste work by themselves in this browser. Where they do not, use this box.',
      )
    : trans.__(
        'Ctrl+V and Ctrl+Shift+V paste from your computer. For a program’s own Paste, send the text from here.',
      );
}
