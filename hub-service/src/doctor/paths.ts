import { accessSync, constants, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { SiteConfig } from '../config.js';
import { type Finding, inArea } from './finding.js';

const { ok, advice, wrong } = inArea('paths');

/** Looks at the service's folder, its socket and the roots of the data, as this account. */
export function lookAtPaths(site: SiteConfig): Finding[] {
  return [
    ofStateDir(site.stateDir),
    ofSocket(site.socket),
    ...(site.dataRoots.length === 0
      ? [
          advice(
            'No data_roots are set: sessions get no links to experiment data.',
            'Name the folders below which the data lies: data_roots=["/data"].',
          ),
        ]
      : site.dataRoots.map(ofDataRoot)),
  ];
}

function ofStateDir(folder: string): Finding {
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) {
    return wrong(
      `The service’s folder ${folder} is not there.`,
      'Restart the hub: configure makes it.',
    );
  }
  if ((stat.mode & 0o077) !== 0) {
    return wrong(
      `The service’s folder ${folder} is open to other accounts (mode ${modeOf(stat.mode)}).`,
      `Close it: chmod 700 ${folder}`,
    );
  }
  if (!may(folder, constants.R_OK | constants.W_OK | constants.X_OK)) {
    return wrong(
      `The account ${userInfo().username} cannot write to the service’s folder ${folder}.`,
      `Give it to the service’s account: chown -R ${userInfo().username} ${folder}`,
    );
  }
  return ok(`The service’s folder ${folder} is its own, mode 700.`);
}

function ofSocket(socket: string): Finding {
  const stat = statSync(socket, { throwIfNoEntry: false });
  if (!stat?.isSocket()) {
    return wrong(
      `The service’s socket ${socket} is not there.`,
      'Start the hub, which starts the service; if it runs, look in its log.',
    );
  }
  return (stat.mode & 0o077) === 0
    ? ok(`The socket ${socket} is closed to other accounts.`)
    : wrong(
        `The socket ${socket} is open to other accounts (mode ${modeOf(stat.mode)}): whoever opens it is believed about who they are.`,
        `Close it: chmod 600 ${socket}`,
      );
}

function ofDataRoot(folder: string): Finding {
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (!stat) {
    return advice(
      `The data root ${folder} is not on this machine.`,
      'See whether it is on the machines where sessions run; else mend data_roots.',
    );
  }
  if (!stat.isDirectory()) {
    return wrong(`The data root ${folder} is no folder.`, 'Mend data_roots.');
  }
  return may(folder, constants.R_OK | constants.X_OK)
    ? ok(`The data root ${folder} is there and can be read.`)
    : advice(
        `The data root ${folder} is there, and the account ${userInfo().username} cannot read it.`,
        'That is well if the users can: the service itself reads no data.',
      );
}

const modeOf = (mode: number) => (mode & 0o777).toString(8);

function may(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
