import type { SessionLink, SessionStatus } from '@beamtime/api-client';
import { Answer, away, link } from './fakes.js';
import { SessionExperiments } from './session.js';

/** The session's server, which answers at once with what it was given. */
class FakeServer {
  answer: SessionStatus | Error = { experiments: [], problems: [] };
  linked: Answer<SessionLink>[] = [];

  status(): Promise<SessionStatus> {
    return this.answer instanceof Error
      ? Promise.reject(this.answer)
      : Promise.resolve(this.answer);
  }

  link(): Promise<SessionLink> {
    const answer = new Answer<SessionLink>();
    this.linked.push(answer);
    return answer.promise;
  }
}

let server: FakeServer;
let session: SessionExperiments;

beforeEach(() => {
  server = new FakeServer();
  session = new SessionExperiments(server);
});

test('knows what was linked at the start, and what went wrong', async () => {
  server.answer = { experiments: [link('1')], problems: ['No room.'] };
  await session.refresh();
  expect([...session.links.keys()]).toEqual(['embedded:1']);
  expect(session.problems).toEqual(['No room.']);
});

test('keeps the links when the server cannot be asked', async () => {
  server.answer = { experiments: [link('1')], problems: [] };
  await session.refresh();
  server.answer = away;
  await session.refresh();
  expect(session.links.size).toBe(1);
  expect(session.problems).toEqual(['The service is away.']);
});

test('asks for no link that is there', async () => {
  server.answer = { experiments: [link('1')], problems: [] };
  await session.refresh();
  await expect(session.link('embedded:1')).resolves.toEqual(link('1'));
  expect(server.linked).toHaveLength(0);
});

test('asks again where a folder was missing', async () => {
  const half = link('1', { processed: null });
  server.answer = { experiments: [half], problems: [] };
  await session.refresh();
  const asked = session.link('embedded:1');
  server.linked[0]?.give(link('1'));
  await expect(asked).resolves.toEqual(link('1'));
});

test('asks once for what is clicked twice, and tells its listeners', async () => {
  let told = 0;
  session.changed.connect(() => (told += 1));
  const asked = [session.link('embedded:1'), session.link('embedded:1')];
  server.linked[0]?.give(link('1'));
  await Promise.all(asked);
  expect([server.linked.length, told]).toEqual([1, 1]);
  expect(session.links.get('embedded:1')).toEqual(link('1'));
});

test('a link that was refused can be asked for again', async () => {
  const first = session.link('embedded:1');
  server.linked[0]?.fail(away);
  await expect(first).rejects.toBe(away);
  const second = session.link('embedded:1');
  server.linked[1]?.give(link('1'));
  await expect(second).resolves.toEqual(link('1'));
});
