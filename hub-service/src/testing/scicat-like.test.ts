import * as z from 'zod/mini';
import { HttpSource } from '../catalogue/http/source.js';
import { AnsweredError } from '../catalogue/http/faults.js';
import { RecordedServer } from './recorded-server.js';
import { ScicatLike } from './scicat-like.js';

const Ids = z.optional(
  z.union([
    z.array(
      z.object({
        proposalId: z.optional(z.string()),
        pid: z.optional(z.string()),
      }),
    ),
    z.object({
      proposalId: z.optional(z.string()),
      pid: z.optional(z.string()),
      count: z.optional(z.int()),
      username: z.optional(z.string()),
    }),
  ]),
);

/** What a server says to a question of a recording: which rows, or which status. */
async function said(url: string, path: string, as: string) {
  const http = new HttpSource({ label: 'It', url });
  const [pathname = '', query = ''] = path.replace(/^\//, '').split(/\?(.*)/s);
  const question = {
    signal: new AbortController().signal,
    query: Object.fromEntries(new URLSearchParams(query)),
    headers: as === 'user1' ? { authorization: 'Bearer token of user1' } : {},
  };
  const encoded = pathname.replace(
    /(?<=datasets\/(public\/)?)20.*/,
    encodeURIComponent,
  );
  return http.getJson(encoded, question, Ids).catch((error: unknown) => {
    if (error instanceof AnsweredError) {
      return error.status;
    }
    throw error;
  });
}

const inOrder = (rows: unknown) =>
  Array.isArray(rows) ? rows.map((row) => JSON.stringify(row)).sort() : rows;

test.each([
  ['004', 'who one is'],
  ['031', 'proposals by a pattern'],
  ['032', 'a filter by the wrong name'],
  ['036', 'proposals for nobody'],
  ['038', 'a proposal'],
  ['040', 'somebody else’s proposal'],
  ['041', 'no proposal'],
  ['053', 'datasets for nobody'],
  ['054', 'open datasets'],
  ['055', 'how many open datasets'],
  ['056', 'an open dataset'],
  ['057', 'a private dataset for nobody'],
  ['058', 'a dataset'],
  ['061', 'no dataset'],
])(
  'the SciCat of our tests says what the real one said: %s, %s',
  async (name) => {
    const like = new ScicatLike();
    await using real = new RecordedServer('scicat');
    await using ours = new RecordedServer('scicat', like.choose);
    like.load(ours.recorded);
    const { method, path, as } = real.question(name);
    expect(method).toBe('GET');
    const expected = await said(await real.start(), path, as);
    const got = await said(await ours.start(), path, as);
    // Where no order was asked for, there is none.
    expect(name === '032' ? inOrder(got) : got).toEqual(
      name === '032' ? inOrder(expected) : expected,
    );
  },
);
