import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { FetchError } from 'node-fetch';
import * as z from 'zod/mini';
import { faultOf } from './faults.js';
import { HttpSource, type HttpSourceOptions } from './source.js';

const SECRET = 'secret-session-4711';
const never = new AbortController().signal;

/** A source in front of a server that answers as it is told. */
async function source(
  answer: RequestListener,
  options: Partial<HttpSourceOptions> = {},
) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve()),
  );
  const { port } = server.address() as AddressInfo;
  const http = new HttpSource({
    label: 'The test catalogue',
    url: `http://127.0.0.1:${port}/api`,
    ...options,
  });
  return {
    http,
    asked,
    get: (path = 'x', signal = never) =>
      http.getJson(
        path,
        {
          query: { sessionId: SECRET },
          headers: { authorization: SECRET },
          signal,
        },
        z.array(z.int()),
      ),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('asks below its address and gives what the schema takes', async () => {
  await using world = await source((_request, response) => response.end('[1]'));
  expect(await world.get(`a/${encodeURIComponent('b/c d')}`)).toEqual([1]);
  expect(world.asked).toEqual([`GET /api/a/b%2Fc%20d?sessionId=${SECRET}`]);
});

test.each(['..', '.', '../other', 'a/../../b', '//host/x', 'http://h/x'])(
  'asks nothing for a path that leads elsewhere: %s',
  async (path) => {
    await using world = await source((_request, response) => response.end());
    await expect(world.get(path)).rejects.toMatchObject({ status: 404 });
    expect(world.asked).toEqual([]);
  },
);

test('tries a question once more after its connection broke, an order never', async () => {
  let broken = 1;
  await using world = await source((request, response) =>
    broken-- > 0 ? request.socket.destroy() : response.end('[2]'),
  );
  expect(await world.get()).toEqual([2]);
  expect(world.asked).toHaveLength(2);
  broken = 1;
  await expect(
    world.http.postForm('x', {}, { signal: never }, z.unknown()),
  ).rejects.toMatchObject({ kind: 'unavailable' });
  expect(world.asked).toHaveLength(3);
});

test('has at most four questions under way', async () => {
  const held: (() => void)[] = [];
  let arrived = () => {};
  await using world = await source((_request, response) => {
    held.push(() => response.end('[]'));
    arrived();
  });
  const fourth = new Promise<void>((resolve) => {
    arrived = () => held.length === 4 && resolve();
  });
  const gone = new AbortController();
  const all = Array.from({ length: 4 }, () => world.get());
  await fourth;
  const impatient = world.get('x', gone.signal);
  const fifth = world.get();
  gone.abort();
  await expect(impatient).rejects.toMatchObject({ kind: 'timeout' });
  expect(world.asked).toHaveLength(4);
  arrived = () => held[4]?.();
  held[0]?.();
  await fifth;
  held.slice(1, 4).forEach((end) => end());
  await Promise.all(all);
  expect(world.asked).toHaveLength(5);
});

test.each([
  ['7', 7_000],
  ['86400', 3_600_000],
  ['Fri, 01 Jan 2016 00:00:00 GMT', 0],
  ['soon', undefined],
])('says when a busy source wants to be asked again: %s', async (after, ms) => {
  await using world = await source((_request, response) =>
    response.writeHead(429, { 'retry-after': after }).end('{}'),
  );
  await expect(world.get()).rejects.toMatchObject({
    kind: 'unavailable',
    retryAfterMs: ms,
  });
});

test('tells an empty answer from one that is no JSON', async () => {
  let text = '';
  await using world = await source((_request, response) => response.end(text));
  const ask = () =>
    world.http.getJson('x', { signal: never }, z.optional(z.unknown()));
  expect(await ask()).toBeUndefined();
  text = '<html>Sign in</html>';
  await expect(ask()).rejects.toMatchObject({ kind: 'not-understood' });
});

test('gives the body of a refusal to the adapter, and no secret to anybody', async () => {
  await using world = await source((_request, response) =>
    response.writeHead(403).end(JSON.stringify({ code: 'SESSION' })),
  );
  const error: unknown = await world.get().catch((caught: unknown) => caught);
  expect(error).toMatchObject({
    kind: 'forbidden',
    body: { code: 'SESSION' },
    message: expect.stringMatching(/^The test catalogue /) as string,
  });
});

test('says which fault of a connection it was, without the address', async () => {
  const http = new HttpSource({
    label: 'The test catalogue',
    url: 'http://127.0.0.1:9',
  });
  const question = { query: { sessionId: SECRET }, signal: never };
  const error: unknown = await http
    .getJson('x', question, z.unknown())
    .catch((caught: unknown) => caught);
  expect(error).toMatchObject({
    kind: 'unavailable',
    message:
      'The test catalogue cannot be reached (ECONNREFUSED). Try again in a minute.',
  });
  expect(inspect(error)).not.toMatch(/secret|127\.0/);
  const expired = { code: 'CERT_HAS_EXPIRED' };
  expect(
    faultOf(new FetchError('request to x', 'system', expired), 'It', {
      ended: false,
      mostMib: 8,
    }).message,
  ).toMatch(/certificate/);
});
