import type { IRouter, JupyterFrontEnd } from '@jupyterlab/application';

import { OPEN } from '../open.js';
import { PATTERN, readAddress, type AddressWish } from './address.js';

const COMMAND = 'beamtime-desktop:open-from-address';

/** Opens the program that the page's address names, once, when the page is there. */
export function addAddress(app: JupyterFrontEnd, router: IRouter): void {
  const { commands, serviceManager } = app;

  const open = async (wish: AddressWish) => {
    const place = await placeOf(wish.path, serviceManager.contents);
    await commands.execute(OPEN, { program: wish.program, ...place });
    // JupyterLab itself may have changed the address meanwhile.
    const { path, search, hash } = router.current;
    const left = readAddress(path, search, hash);
    if (left) {
      router.navigate(left.rest, { skipRouting: true });
    }
  };

  commands.addCommand(COMMAND, {
    describedBy: { args: { type: 'object', properties: {} } },
    execute: () => {
      const { path, search, hash } = router.current;
      const wish = readAddress(path, search, hash);
      if (wish) {
        // Not waited for: the page is restored only after its address was read.
        void app.restored.then(() => open(wish));
      }
    },
  });
  router.register({ command: COMMAND, pattern: PATTERN, rank: 20 });
}

/** A path of the address is a file for the program, or a folder to start in. */
async function placeOf(
  path: string | null,
  contents: JupyterFrontEnd['serviceManager']['contents'],
): Promise<{ file?: string; folder?: string }> {
  if (path === null) {
    return {};
  }
  try {
    const { type } = await contents.get(path, { content: false });
    return type === 'directory' ? { folder: path } : { file: path };
  } catch {
    // The gateway says that it is not there, and where it was looked for.
    return { file: path };
  }
}
