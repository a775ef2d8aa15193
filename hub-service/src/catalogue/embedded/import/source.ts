import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../../../refusal.js';
import { readFolder } from './csv.js';
import { readJson } from './json.js';
import type { Staging } from './staging.js';
import { checkSize, notUtf8, Unreadable } from './unreadable.js';

/**
 * Reads a JSON file or a folder of CSV into the staging tables.
 *
 * @throws {Unreadable} if it is no catalogue as a whole.
 */
export async function readSource(
  from: string,
  staging: Staging,
): Promise<void> {
  let found;
  try {
    found = await stat(from);
  } catch (error) {
    throw new Unreadable(`${from} cannot be read: ${messageOf(error)}`);
  }
  if (found.isDirectory()) {
    await readFolder(from, staging);
    return;
  }
  if (!found.isFile()) {
    throw new Unreadable(`${from} is neither a file nor a folder.`);
  }
  const name = path.basename(from);
  checkSize(name, found);
  const bytes = await readFile(from);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw notUtf8(name);
  }
  readJson(name, text, staging);
}
