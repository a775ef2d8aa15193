import { messageOf } from '../../../refusal.js';
import { TABLES } from '../tables.js';
import { readShortForm } from './short-form.js';
import { Unreadable } from './unreadable.js';
import type { Staging } from './staging.js';

/** What `format` says in a file whose lists are those of {@link TABLES}. */
export const FORMAT = 'beamtime-catalogue-1';

/** Reads the text of a JSON file, of either form, into the staging tables. */
export function readJson(name: string, text: string, staging: Staging): void {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new Unreadable(`${name} is no JSON: ${messageOf(error)}`);
  }
  if (
    typeof content !== 'object' ||
    content === null ||
    Array.isArray(content)
  ) {
    throw new Unreadable(`${name} is no catalogue: expected an object.`);
  }
  const lists = new Map<string, unknown>(Object.entries(content));
  const format = lists.get('format');
  if (format === undefined) {
    readShortForm(name, content, staging);
    return;
  }
  if (format !== FORMAT) {
    throw new Unreadable(
      `${name}: the format is not known; expected "${FORMAT}".`,
    );
  }
  const known = TABLES.map((table) => table.name);
  const unknown = [...lists.keys()].find(
    (key) => key !== 'format' && !known.includes(key),
  );
  if (unknown !== undefined) {
    throw new Unreadable(
      `${name}: there is no list “${unknown}”. The lists are: ${known.join(', ')}.`,
    );
  }
  for (const table of known) {
    const list = lists.get(table) ?? [];
    if (!Array.isArray(list)) {
      throw new Unreadable(`${name}: “${table}” is not a list.`);
    }
    list.forEach((row: unknown, at) => {
      staging.add(table, row, name, `${table}[${String(at)}]`);
    });
  }
}
