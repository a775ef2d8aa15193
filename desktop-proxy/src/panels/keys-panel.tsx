import type { TranslationBundle } from '@jupyterlab/translation';
import { useState, type ReactElement } from 'react';

import { HOLDABLE, SENDABLE } from '../keys.js';
import type { DesktopScreen } from '../screen.js';

const IN_SIGHT = ['Ctrl-Alt-Del', 'Super', 'Alt-Tab', 'Alt-F4', 'Esc', 'F11'];
const CONSOLES = Object.keys(SENDABLE).filter((name) =>
  name.startsWith('Ctrl-Alt-F'),
);

/** Keys that browsers keep for themselves, and a keyboard for fingers. */
export function KeysPanel(props: {
  screen: DesktopScreen;
  close: () => void;
  trans: TranslationBundle;
}): ReactElement {
  const { screen, close, trans } = props;
  const [consoleKey, setConsoleKey] = useState('Ctrl-Alt-F1');
  const send = (name: string) => {
    close();
    screen.send(SENDABLE[name] ?? []);
  };
  return (
    <>
      <div className="bt-Desktop-keys">
        {IN_SIGHT.map((name) => (
          <button
            key={name}
            className="jp-mod-styled"
            onClick={() => send(name)}
          >
            {name}
          </button>
        ))}
      </div>
      <div className="bt-Desktop-row">
        <select
          className="jp-mod-styled"
          aria-label={trans.__('Keys for another console')}
          value={consoleKey}
          onChange={(event) => setConsoleKey(event.target.value)}
        >
          {CONSOLES.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <button className="jp-mod-styled" onClick={() => send(consoleKey)}>
          {trans.__('Send')}
        </button>
      </div>
      <h4>{trans.__('Hold for the next key')}</h4>
      <div className="bt-Desktop-keys">
        {Object.keys(HOLDABLE).map((name) => (
          <button
            key={name}
            className="jp-mod-styled"
            aria-pressed={screen.held.isHeld(name)}
            onClick={() => screen.held.toggle(name)}
          >
            {name}
          </button>
        ))}
      </div>
      <button
        className="jp-mod-styled"
        aria-pressed={screen.keyboard.isOnScreen}
        onClick={() => {
          close();
          screen.keyboard.isOnScreen = !screen.keyboard.isOnScreen;
        }}
      >
        {trans.__('On-screen keyboard')}
      </button>
      <p className="bt-Desktop-dim">
        {trans.__(
          'What you type arrives as on your own keyboard, whatever its layout. Ctrl+Alt+Shift gives the keyboard back to JupyterLab.',
        )}
      </p>
    </>
  );
}
