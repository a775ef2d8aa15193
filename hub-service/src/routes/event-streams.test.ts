import type { Response } from 'node-fetch';
import { FACILITY } from '../testing/facility.js';
import { runningService } from '../testing/running-service.js';
import { pause } from '../timing.js';

const by = (token: string) => ({
  headers: { authorization: `Bearer ${token}` },
});

/** Reads a stream until it has said something. */
async function hear(stream: Response, words: string): Promise<string> {
  let heard = '';
  for await (const part of stream.body ?? []) {
    heard += part.toString();
    if (heard.includes(words)) {
      return heard;
    }
  }
  throw new Error(`The stream ended after: ${heard}`);
}

test('a session hears of its person’s bookmarks and of no one else’s', async () => {
  await using service = await runningService();
  const [alice, bob] = ['alice', 'bob'].map((name) =>
    service.hub.pageToken(name),
  ) as [string, string];
  const stream = await service.get('api/v1/events', by(alice));
  expect(stream.status).toBe(200);
  expect(stream.headers.get('content-type')).toBe('text/event-stream');
  expect(stream.headers.get('cache-control')).toBe('no-store');
  const put = (token: string) =>
    service.get('api/v1/bookmarks/recent/icat%3A1', {
      method: 'PUT',
      ...by(token),
    });
  await put(bob);
  await put(alice);
  const heard = await hear(stream, 'data:');
  expect(heard.match(/data: .*/g)).toEqual(['data: {"what":"bookmarks"}']);
});

test('a session hears that the facility’s catalogue says something else', async () => {
  await using service = await runningService();
  const alice = by(service.hub.pageToken('alice'));
  const stream = await service.get('api/v1/events', alice);
  const done = new AbortController();
  const heard = hear(stream, 'data:').finally(() => {
    done.abort();
  });
  service.rewrite({ ...FACILITY, experiments: [] });
  while (!done.signal.aborted) {
    await service.get('api/v1/experiments', alice);
    await pause(50);
  }
  expect(await heard).toContain('data: {"what":"catalogue"}');
}, 60_000);

test('a stream needs the token of a session', async () => {
  await using service = await runningService();
  expect((await service.get('api/v1/events')).status).toBe(403);
  const unknown = await service.get('api/v1/events', by('unknown'));
  expect(unknown.status).toBe(401);
});

test('streams end with the service, which does not wait for them', async () => {
  const service = await runningService();
  const token = service.hub.pageToken('alice');
  const streams = await Promise.all(
    Array.from({ length: 5 }, () => service.get('api/v1/events', by(token))),
  );
  const ends = streams.map((stream) => stream.text());
  await service[Symbol.asyncDispose]();
  for (const text of await Promise.all(ends)) {
    expect(text).toMatch(/^: here\n/);
  }
});
