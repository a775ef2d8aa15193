import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The folder of the package that a module is of; `null` for our own. */
function packageOf(id) {
  const file = id.replace(/^\0/, '').replace(/\?.*$/, '');
  const [, folder] =
    /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file) ?? [];
  return folder ?? null;
}

function notice(folder) {
  const manifest = JSON.parse(
    readFileSync(path.join(folder, 'package.json'), 'utf8'),
  );
  const texts = readdirSync(folder)
    .filter((name) => /^(licen[cs]e|notice|copying)/i.test(name))
    .map((name) => readFileSync(path.join(folder, name), 'utf8').trim());
  return [
    `${manifest.name} ${manifest.version} (${manifest.license})`,
    ...texts,
  ].join('\n\n');
}

/** Puts the licences of all that is in the bundle beside it, as they ask. */
export function thirdPartyNotices() {
  return {
    name: 'third-party-notices',
    generateBundle() {
      const folders = new Set(
        [...this.getModuleIds()]
          .map(packageOf)
          .filter((folder) => folder !== null)
          .filter((folder) => existsSync(path.join(folder, 'package.json'))),
      );
      this.emitFile({
        type: 'asset',
        fileName: 'THIRD-PARTY-NOTICES.txt',
        source: [...folders]
          .sort()
          .map(notice)
          .join(`\n\n${'-'.repeat(72)}\n\n`),
      });
    },
  };
}
