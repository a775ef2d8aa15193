// Skips what has been done already: a stamp holds the hash of what a step was made from.
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { checkout, stateDir } from './paths.mjs';

const SKIPPED =
  /^(node_modules|lib|dist|_static|_service|_schema|labextensions|__pycache__|\..*|.*\.tsbuildinfo)$/;

async function addToHash(hash, file) {
  const entry = await stat(file).catch(() => null);
  if (!entry) {
    hash.update(`missing ${file}\n`);
  } else if (entry.isDirectory()) {
    for (const name of (await readdir(file)).sort()) {
      if (!SKIPPED.test(name)) {
        await addToHash(hash, path.join(file, name));
      }
    }
  } else {
    hash.update(`${path.relative(checkout, file)} ${entry.size}\n`);
    hash.update(await readFile(file));
  }
}

/** The hash of files and folders (build outputs left out) and of plain words. */
export async function hashOf(files, ...words) {
  const hash = createHash('sha256').update(words.join('\n'));
  for (const file of files) {
    await addToHash(hash, file);
  }
  return hash.digest('hex');
}

/** Does `work` unless it was done for the same hash and `products` are still there. */
export async function once(name, hash, products, work) {
  const stamp = path.join(stateDir, 'stamps', name);
  const before = await readFile(stamp, 'utf8').catch(() => '');
  const there = await Promise.all(
    products.map((file) =>
      stat(file).then(
        () => true,
        () => false,
      ),
    ),
  );
  if (before === hash && there.every(Boolean)) {
    return false;
  }
  await work();
  await mkdir(path.dirname(stamp), { recursive: true });
  await writeFile(stamp, hash);
  return true;
}
