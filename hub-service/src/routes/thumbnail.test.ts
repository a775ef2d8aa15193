import { runningService } from '../testing/running-service.js';
import { checkPicture } from './thumbnail.js';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2];
const JPEG = [0xff, 0xd8, 0xff, 0xe0];

test.each([
  ['image/png', PNG],
  ['image/jpeg', JPEG],
] as const)('gives an %s as it is', (type, bytes) => {
  const body = Uint8Array.from(bytes);
  expect([...checkPicture({ type, body })]).toEqual([...bytes]);
});

test.each([
  ['a page', 'image/png', [...Buffer.from('<html>')]],
  ['another type', 'image/png', JPEG],
  ['a vector drawing', 'image/jpeg', [...Buffer.from('<svg onload="x">')]],
  ['nothing', 'image/png', []],
  ['2 MiB', 'image/png', [...PNG, ...new Array<number>(2 ** 21).fill(0)]],
] as const)('gives no picture that is %s', (_, type, bytes) => {
  const body = Uint8Array.from(bytes);
  expect(() => checkPicture({ type, body })).toThrow(/no PNG or JPEG/);
});

test('a dataset without a picture has none, and one of somebody else’s is not told of', async () => {
  await using service = await runningService();
  for (const [name, key] of [
    ['alice', 'embedded%3Asteel'],
    ['bob', 'embedded%3Asteel'],
    ['alice', 'embedded%3Anone'],
  ] as const) {
    const headers = {
      authorization: `Bearer ${service.hub.pageToken(name)}`,
    };
    const path = `api/v1/experiments/${key}/datasets/d1/thumbnail`;
    const answer = await service.get(path, { headers });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({
      code: 'not-found',
      message: 'This dataset has no picture.',
    });
  }
});
