import type { TranslationBundle } from '@jupyterlab/translation';

import type { ClipboardBridge } from './clipboard-bridge.js';
import type { DesktopModel } from './model.js';
import { ClipboardPanel } from './panels/clipboard-panel.js';
import { ConnectionPanel } from './panels/connection-panel.js';
import { DesktopPanel, type DesktopActs } from './panels/desktop-panel.js';
import { KeysPanel } from './panels/keys-panel.js';
import { ScreenshotPanel } from './panels/screenshot-panel.js';
import { ViewPanel } from './panels/view-panel.js';
import { Popover } from './popover.js';
import type { DesktopScreen } from './screen.js';
import type { Screenshots } from './screenshots.js';

/** The small panels of a tab, by what they are about. */
export type Popovers = Readonly<
  Record<
    'desktop' | 'view' | 'clipboard' | 'keys' | 'connection' | 'screenshot',
    Popover
  >
>;

/** Makes the panels; they keep up with what they show. */
export function makePopovers(parts: {
  model: DesktopModel;
  screen: DesktopScreen;
  bridge: ClipboardBridge;
  screenshots: Screenshots;
  acts: DesktopActs;
  trans: TranslationBundle;
}): Popovers {
  const { model, screen, bridge, screenshots, acts, trans } = parts;
  const desktop: Popover = new Popover({
    label: trans.__('Desktop'),
    render: () => (
      <DesktopPanel
        acts={acts}
        close={() => desktop.dismiss()}
        info={model.info}
        trans={trans}
      />
    ),
  });
  const view = new Popover({
    label: trans.__('View'),
    render: () => <ViewPanel screen={screen} trans={trans} />,
  });
  const clipboard = new Popover({
    label: trans.__('Clipboard'),
    render: () => <ClipboardPanel bridge={bridge} trans={trans} />,
  });
  const keys: Popover = new Popover({
    label: trans.__('Keys'),
    render: () => (
      <KeysPanel
        screen={screen}
        close={() => keys.dismiss(false)}
        trans={trans}
      />
    ),
  });
  const connection = new Popover({
    label: trans.__('Connection'),
    render: () => (
      <ConnectionPanel vitals={screen.vitals} info={model.info} trans={trans} />
    ),
  });
  const screenshot = new Popover({
    label: trans.__('Screenshot'),
    render: () => <ScreenshotPanel screenshots={screenshots} trans={trans} />,
  });
  screen.fitChanged.connect(() => view.update(), view);
  bridge.changed.connect(() => clipboard.update(), clipboard);
  screen.held.changed.connect(() => keys.update(), keys);
  screen.vitals.measured.connect(() => connection.update(), connection);
  screen.vitals.chosen.connect(() => connection.update(), connection);
  return { desktop, view, clipboard, keys, connection, screenshot };
}
