import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import * as z from 'zod/mini';
import { messageOf } from '../../../refusal.js';
import { type Table, TABLES } from '../tables.js';
import { checkSize, notUtf8, Unreadable } from './unreadable.js';
import type { Staging } from './staging.js';

const HEADER_BYTES = 64 * 1024;
const MISSING = ['experiment', 'proposal', 'instrument'];

const Parsed = z.object({
  record: z.record(z.string(), z.string()),
  info: z.object({ lines: z.int() }),
});

/**
 * Reads a folder of CSV files, one for each kind of row, into the staging tables.
 *
 * @throws {Unreadable} if a file is missing, or as a whole not what it should be.
 */
export async function readFolder(
  folder: string,
  staging: Staging,
): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /\.csv$/i.test(name));
  const known = new Map(TABLES.map((table) => [`${table.name}.csv`, table]));
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new Unreadable(
      `${unknown} is none of the files of a catalogue. There are: ${[...known.keys()].join(', ')}.`,
    );
  }
  const missing = MISSING.find((name) => !names.includes(`${name}.csv`));
  if (missing !== undefined) {
    throw new Unreadable(`There is no ${missing}.csv in ${folder}.`);
  }
  for (const [name, table] of known) {
    if (names.includes(name)) {
      await readTable(path.join(folder, name), table, staging);
    }
  }
}

async function readTable(
  file: string,
  table: Table,
  staging: Staging,
): Promise<void> {
  const name = path.basename(file);
  checkSize(name, await stat(file));
  const header = await headerOf(file);
  const delimiter = [';', '\t', ','].reduce((best, mark) =>
    header.split(mark).length > header.split(best).length ? mark : best,
  );
  const parser = parse({
    delimiter,
    columns: (found: string[]) => checkHeader(name, table, found),
    info: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      const lines = error?.['lines'];
      const line =
        typeof lines === 'number' ? `line ${String(lines)}` : 'a line';
      staging.rows += 1;
      staging.reject(name, line, messageOf(error));
      return undefined;
    },
    max_record_size: 1_000_000,
  });
  const fed = Readable.from(textOf(file, name));
  fed.on('error', (error) => parser.destroy(error));
  fed.pipe(parser);
  for await (const parsed of parser) {
    const { record, info } = Parsed.parse(parsed);
    staging.add(table.name, record, name, `line ${String(info.lines)}`);
  }
}

/** A file's text in parts, without a byte order mark. */
async function* textOf(file: string, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (bytes?: Buffer) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      throw notUtf8(name);
    }
  };
  for await (const bytes of createReadStream(file)) {
    yield decode(Buffer.from(bytes));
  }
  yield decode();
}

async function headerOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read({
      buffer: Buffer.alloc(HEADER_BYTES),
    });
    const [first = ''] = buffer.toString('utf8', 0, bytesRead).split('\n', 1);
    return first;
  } finally {
    await handle.close();
  }
}

function checkHeader(
  name: string,
  { columns }: Table,
  found: readonly string[],
): string[] {
  const header = found.map((column) => column.trim().toLowerCase());
  const there = Object.keys(columns).join(', ');
  const unknown = header.find((column) => !Object.hasOwn(columns, column));
  if (unknown !== undefined) {
    throw new Unreadable(
      `${name}, line 1: there is no column “${unknown}”. The columns are: ${there}.`,
    );
  }
  const twice = header.find((column, at) => header.indexOf(column) !== at);
  if (twice !== undefined) {
    throw new Unreadable(
      `${name}, line 1: the column ${twice} is there twice.`,
    );
  }
  const missing = Object.entries(columns).find(
    ([column, { required }]) => required && !header.includes(column),
  );
  if (missing) {
    throw new Unreadable(
      `${name}, line 1: the column ${missing[0]} is missing.`,
    );
  }
  return header;
}
