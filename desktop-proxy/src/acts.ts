import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { DesktopActs } from './panels/desktop-panel.js';
import type { DesktopTab } from './tab.js';

/** What ends something. Each asks first. */
export function actsOf(tab: DesktopTab, trans: TranslationBundle): DesktopActs {
  const { model } = tab.content;
  const startAgain = async () => {
    const question = trans.__(
      'All programs on it are closed first. What they have not saved is lost.',
    );
    if (await agreed(trans.__('Start again'), question, trans)) {
      await model.restart();
    }
  };
  const shutDown = async () => {
    if (await agreedToShutDown(trans)) {
      await model.shutDown();
      if (model.state.kind === 'ended') {
        tab.dispose();
      }
    }
  };
  return {
    startAgain: () => void startAgain(),
    shutDown: () => void shutDown(),
  };
}

/** Asks whether a desktop is to end. */
export function agreedToShutDown(
  trans: TranslationBundle,
  title?: string,
): Promise<boolean> {
  const question = trans.__(
    'All programs on it are closed. What they have not saved is lost.',
  );
  const act = title ? trans.__('Shut down %1', title) : trans.__('Shut down');
  return agreed(act, question, trans);
}

async function agreed(
  act: string,
  question: string,
  trans: TranslationBundle,
): Promise<boolean> {
  if (document.fullscreenElement) {
    await document.exitFullscreen(); // Dialogs lie outside of the tab.
  }
  const result = await showDialog({
    title: trans.__('%1?', act),
    body: question,
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.warnButton({ label: act }),
    ],
  });
  return result.button.accept;
}
