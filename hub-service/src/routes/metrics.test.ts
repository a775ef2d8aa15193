import { runningService } from '../testing/running-service.js';

const by = (token: string) => ({
  headers: { authorization: `token ${token}` },
});

test('counts answers by route and questions by source, and names nobody', async () => {
  await using service = await runningService();
  const alice = by(service.hub.pageToken('alice'));
  await service.get('api/v1/experiments/embedded%3Asteel', alice);
  await service.get('api/v1/experiments/embedded%3Anone', alice);
  const answer = await service.get('metrics', by('service-token'));
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
  const text = await answer.text();
  expect(text).toMatch(
    /beamtime_http_request_seconds_count\{method="GET",route="[^"]*\/experiments\/:key",status="200"\} 1/,
  );
  expect(text).toMatch(
    /beamtime_source_question_seconds_count\{source="embedded",outcome="ok"\} 2/,
  );
  expect(text).toMatch(/beamtime_source_spared\{source="embedded"\} 0/);
  expect(text).toContain('process_resident_memory_bytes');
  expect(text).not.toMatch(/alice|steel/);
});

test.each([
  ['none', 401],
  ['unknown', 403],
  ['person', 403],
  ['prometheus', 200],
])('answers the token %j with %d', async (token, status) => {
  await using service = await runningService();
  const { tokens } = service.hub;
  tokens.set('person', {
    kind: 'user',
    name: 'alice',
    scopes: ['custom:beamtime:api!server=alice/'],
  });
  tokens.set('prometheus', {
    kind: 'service',
    name: 'prometheus',
    scopes: ['read:metrics'],
  });
  const answer = await service.get(
    'metrics',
    token === 'none' ? {} : by(token),
  );
  expect(answer.status).toBe(status);
});
