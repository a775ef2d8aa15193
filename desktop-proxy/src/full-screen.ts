import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';

/** Chromium's way to get the keys that the system keeps. */
interface LockableKeyboard {
  lock?: () => Promise<void>;
  unlock?: () => void;
}

/** Fills the browser's screen with a tab, its toolbar included, or ends that. */
export async function toggleFullScreen(tab: Widget): Promise<void> {
  if (document.fullscreenElement) {
    await document.exitFullscreen();
    return;
  }
  await tab.node.requestFullscreen();
  tab.activate();
  const { keyboard } = navigator as { keyboard?: LockableKeyboard };
  // Esc goes to the desktop then; held down, it ends the full screen.
  await keyboard?.lock?.().catch(() => undefined);
}

/** Whether a tab fills the screen; its parts are laid out anew when that changes. */
export function onFullScreen(
  tab: Widget,
  changed: (on: boolean) => void,
): void {
  tab.node.addEventListener('fullscreenchange', () => {
    MessageLoop.sendMessage(tab, Widget.ResizeMessage.UnknownSize);
    changed(document.fullscreenElement === tab.node);
  });
}
