import type { Experiment } from '@beamtime/contract';
import { experimentKey } from '@beamtime/contract';
import { posix } from 'node:path';
import * as z from 'zod/mini';
import { Refusal } from '../refusal.js';

const LinkQuery = z.object({
  doi: z.optional(z.string().check(z.maxLength(300))),
  experiment: z.optional(z.string().check(z.maxLength(200))),
  file: z.optional(z.string().check(z.maxLength(1000))),
  path: z.optional(z.string().check(z.maxLength(1000))),
});

/** A link to data as a catalogue wrote it: what it names, not yet whether it is there. */
export type DataLink = { file: string; path: string } & (
  { doi: string; key?: undefined } | { key: string; doi?: undefined }
);

const DOI = /^10\.\d{4,9}\/[!-~\u00a1-\uffff]+$/;

/** What no name of a file, dataset or experiment has. */
// eslint-disable-next-line no-control-regex -- they are what is looked for.
const CONTROL = /[\u0000-\u001f\u007f]/;

/**
 * Reads the query of `open?…`.
 *
 * @throws {Refusal} `bad-request` in words, if it names nothing that could be there.
 */
export function readLink(query: unknown): DataLink {
  const read = LinkQuery.safeParse(query);
  if (!read.success) {
    throw broken('A part of it is too long, or is there twice.');
  }
  const { doi = '', experiment = '', file = '', path = '' } = read.data;
  if ([doi, experiment, file, path].some((part) => CONTROL.test(part))) {
    throw broken('It has characters in it that no name has.');
  }
  if (path !== '' && file === '') {
    throw broken('It names a place in a file, but no file.');
  }
  if (path !== '' && (!path.startsWith('/') || hasDots(path))) {
    throw broken(
      'A place in a file is written from its top, for instance /entry/data.',
    );
  }
  if (experiment !== '') {
    return { key: experiment, file, path };
  }
  const plain = plainDoi(doi);
  if (plain === '') {
    throw broken('It names neither a DOI nor an experiment.');
  }
  if (!DOI.test(plain)) {
    throw broken('What it names is not a DOI. One begins with 10.');
  }
  return { doi: plain, file, path };
}

/** `10.5072/abc`, however it was written: DOIs have no upper and lower case. */
export function plainDoi(doi: string): string {
  return doi
    .trim()
    .replace(/^(?:https?:\/\/)?(?:dx\.)?doi\.org\//i, '')
    .replace(/^doi:\s*/i, '')
    .toLowerCase();
}

/**
 * The path below the experiment's folder, from one that may be written from the root.
 *
 * @throws {Refusal} `not-found` in words, if it does not lie there.
 */
export function fileBelow(
  { proposal, dataPath }: Experiment,
  file: string,
): string {
  if (file === '') {
    return '';
  }
  const folder =
    dataPath === undefined ? '' : `${dataPath.replace(/\/+$/, '')}/`;
  const relative =
    folder !== '' && file.startsWith(folder) ? file.slice(folder.length) : file;
  const [top] = relative.split('/');
  if (
    relative.startsWith('/') ||
    relative.includes('\\') ||
    hasDots(relative) ||
    posix.normalize(relative) !== relative ||
    (top !== 'raw' && top !== 'processed')
  ) {
    throw new Refusal(
      'not-found',
      `The file that this link names does not lie in the folders raw or processed of ${proposal}, so it cannot be opened. Open the experiment instead, and look for it there.`,
    );
  }
  return relative;
}

/**
 * Where JupyterLab opens on it, below a session's address.
 *
 * @returns `null` if its names cannot be in an address: see `default_url` of the contract.
 */
export function labPath(
  experiment: Experiment,
  file: string,
  path: string,
): string | null {
  const parts = [
    ['experiment', experimentKey(experiment.ref)],
    ['file', file],
    ['at', path],
  ].filter(([, value]) => value !== '');
  const query = parts
    .map(([name = '', value = '']) => `beamtime-${name}=${encode(value)}`)
    .join('&');
  const url = `lab?${query}`;
  return url.length >= 1000 || /\.\./.test(url) ? null : url;
}

/** The query that leads to the same data again. */
export function linkQuery(link: DataLink): string {
  return new URLSearchParams({
    ...(link.key === undefined ? { doi: link.doi } : { experiment: link.key }),
    ...(link.file !== '' && { file: link.file }),
    ...(link.path !== '' && { path: link.path }),
  }).toString();
}

const hasDots = (path: string) =>
  path.split('/').some((part) => part === '.' || part === '..');

/** The rules know no apostrophe in a path. */
const encode = (text: string) => encodeURIComponent(text).replace(/'/g, '%27');

function broken(why: string): Refusal {
  return new Refusal(
    'bad-request',
    `This link is broken. ${why} Tell the people of the page that it came from; your experiments are in the list.`,
  );
}
