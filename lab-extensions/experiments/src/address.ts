import { ApiError } from '@beamtime/api-client';
import type { JupyterFrontEnd, IRouter } from '@jupyterlab/application';
import { CommandIDs, type ISessionExperiments } from './tokens.js';

/** What the page's address says is to be opened. */
export interface AddressWish {
  /** `source:id`. */
  key: string;
  /** File below the experiment's folder. */
  relPath: string | null;
  /** Path in the HDF5 file. */
  path: string | null;
  /** The address without the wish. */
  rest: string;
}

/** Matches addresses that name an experiment. */
export const PATTERN = /[?&]beamtime-experiment=/;

const KEY = 'beamtime-experiment';
const FILE = 'beamtime-file';
const PATH = 'beamtime-at';

const COMMAND = 'beamtime:open-address';

/** Reads `/lab?beamtime-experiment=KEY&beamtime-file=FILE&beamtime-at=PATH`. */
export function readAddress(
  path: string,
  search = '',
  hash = '',
): AddressWish | null {
  const query = new URLSearchParams(search);
  const textOf = (name: string) => query.get(name) || null;
  const [key, relPath, at] = [textOf(KEY), textOf(FILE), textOf(PATH)];
  if (key === null) {
    return null;
  }
  for (const name of [KEY, FILE, PATH]) {
    query.delete(name);
  }
  const left = query.toString();
  return {
    key,
    relPath,
    path: at,
    rest: path + (left === '' ? '' : `?${left}`) + hash,
  };
}

/**
 * Opens what the address names, once, when the page stands; the experiment is in the session
 * then, if it may be.
 */
export function addAddress(
  { commands, restored }: Pick<JupyterFrontEnd, 'commands' | 'restored'>,
  router: IRouter,
  session: Pick<ISessionExperiments, 'link'>,
): void {
  const link = async (key: string) => {
    try {
      await session.link(key);
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error; // A fault of ours; what the session refuses, the tab says.
      }
    }
  };
  const open = async ({ key, relPath, path }: AddressWish) => {
    await commands.execute(CommandIDs.openExperiment, { key });
    await (relPath === null
      ? link(key)
      : commands.execute(CommandIDs.openFile, { key, relPath, path }));
    // Lab itself may have changed the address meanwhile.
    const { current } = router;
    const left = readAddress(current.path, current.search, current.hash);
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
        void restored.then(() => open(wish));
      }
    },
  });
  router.register({ command: COMMAND, pattern: PATTERN, rank: 20 });
}
