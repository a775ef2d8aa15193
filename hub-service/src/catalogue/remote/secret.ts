import { readFile } from 'node:fs/promises';
import { SourceError } from '../adapter.js';

/** The secret in a file, without the line's end. */
export async function readSecret(file: string, label: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/\r?\n$/, '');
  } catch {
    throw new SourceError(
      'signed-out',
      `${label} cannot be asked: the file with the password of the service’s account cannot be read. Tell the admins of this hub.`,
    );
  }
}
