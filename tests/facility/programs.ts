import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { environment } from '../../scripts/shared/paths.mjs';

const SPOILT = `#!/bin/sh
echo "$0: error while loading shared libraries: libfit.so.3: cannot open shared object file" >&2
exit 127
`;

/** A folder with a link to every program of the machine, of which some can be taken away. */
export class Programs {
  private readonly folder: string;
  private readonly origins: ReadonlyMap<string, string>;
  private readonly lab: 'lab' | 'peer-lab';
  private readonly changed = new Set<string>();

  private constructor(
    folder: string,
    origins: ReadonlyMap<string, string>,
    lab: 'lab' | 'peer-lab',
  ) {
    this.folder = folder;
    this.origins = origins;
    this.lab = lab;
  }

  /** Lays the links into `folder`, which is emptied, for a Jupyter in the environment `lab`. */
  static async lay(folder: string, lab: 'lab' | 'peer-lab'): Promise<Programs> {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const origins = new Map<string, string>();
    for (const from of ['/usr/bin', '/bin', '/usr/sbin', '/sbin']) {
      for (const name of await readdir(from)) {
        if (!origins.has(name)) {
          origins.set(name, path.join(from, name));
        }
      }
    }
    for (const [name, origin] of origins) {
      await symlink(origin, path.join(folder, name));
    }
    return new Programs(folder, origins, lab);
  }

  /** What PATH is to be. */
  get path(): string {
    return `${path.join(environment(this.lab), 'bin')}:${this.folder}`;
  }

  /** Takes away the programs whose names look so. */
  async hide(names: RegExp): Promise<void> {
    for (const name of this.origins.keys()) {
      if (names.test(name)) {
        await this.remove(name);
      }
    }
  }

  /** Has programs fail as soon as they start, with a line of why. */
  async spoil(names: readonly string[]): Promise<void> {
    for (const name of names) {
      await this.remove(name);
      await writeFile(path.join(this.folder, name), SPOILT, { mode: 0o755 });
    }
  }

  /** Puts all of them back. */
  async mend(): Promise<void> {
    for (const name of this.changed) {
      const origin = this.origins.get(name) ?? '';
      await rm(path.join(this.folder, name), { force: true });
      await symlink(origin, path.join(this.folder, name));
    }
    this.changed.clear();
  }

  private async remove(name: string): Promise<void> {
    await rm(path.join(this.folder, name), { force: true });
    this.changed.add(name);
  }
}
