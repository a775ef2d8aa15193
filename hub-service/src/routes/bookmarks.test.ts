import { Bookmarks } from '@beamtime/contract';
import type { RequestInit } from 'node-fetch';
import { runningService } from '../testing/running-service.js';

const by = (token: string, method = 'GET'): RequestInit => ({
  method,
  headers: { authorization: `Bearer ${token}` },
});

test('keeps each person’s favourites, and what they opened last', async () => {
  await using service = await runningService();
  const alice = service.hub.pageToken('alice');
  const call = async (path: string, method: string, token = alice) => {
    const answer = await service.get(`api/v1/${path}`, by(token, method));
    expect(answer.status).toBe(200);
    return Bookmarks.parse(await answer.json());
  };
  await call('bookmarks/favourites/icat%3A1', 'PUT');
  await call('bookmarks/favourites/icat%3A1', 'PUT');
  await call('bookmarks/favourites/a%3Ab%3Ac%2Fd', 'PUT');
  for (let n = 1; n <= 25; n += 1) {
    await call(`bookmarks/recent/icat%3A${n}`, 'PUT');
  }
  const marked = await call('bookmarks/recent/icat%3A20', 'PUT');
  expect(marked.favourites).toEqual(['a:b:c/d', 'icat:1']);
  expect(marked.recent).toHaveLength(20);
  expect(marked.recent.slice(0, 3)).toEqual(['icat:20', 'icat:25', 'icat:24']);
  expect(await call('bookmarks/favourites/icat%3A1', 'DELETE')).toEqual({
    favourites: ['a:b:c/d'],
    recent: marked.recent,
  });
  expect(await call('bookmarks', 'GET', service.hub.pageToken('bob'))).toEqual({
    favourites: [],
    recent: [],
  });
});

test.each([
  ['PUT', 'favourites/nokey'],
  ['PUT', 'recent/%3Aid'],
  ['PUT', `favourites/icat%3A${'x'.repeat(400)}`],
  ['PUT', 'favourites/icat%3A%0A'],
])('refuses %s %s', async (method, path) => {
  await using service = await runningService();
  const token = service.hub.pageToken('alice');
  const answer = await service.get(
    `api/v1/bookmarks/${path}`,
    by(token, method),
  );
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: 'bad-request' });
});

test('changes nothing for a cookie, whatever header comes with it', async () => {
  await using service = await runningService();
  for (const path of [
    'bookmarks/favourites/icat%3A1',
    'bookmarks/recent/icat%3A1',
  ]) {
    const answer = await service.get(`api/v1/${path}`, {
      method: 'PUT',
      headers: { cookie: 'beamtime-session=x', 'x-beamtime-xsrf': 'y' },
    });
    expect(answer.status).toBe(403);
  }
});

test('with subdomain_host sessions may change them from their own origin', async () => {
  await using service = await runningService({
    env: { JUPYTERHUB_HOST: 'https://hub.example.org' },
  });
  const { headers } = await service.get('api/v1/bookmarks/recent/icat%3A1', {
    method: 'OPTIONS',
    headers: { origin: 'https://alice.hub.example.org' },
  });
  expect(headers.get('access-control-allow-methods')).toBe('GET, PUT, DELETE');
});
