import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SessionRequest } from '@beamtime/contract';
import { Refusal } from '../../refusal.js';
import { temporaryFolder } from '../../testing/facility.js';
import { TestPostgres } from '../../testing/postgres.js';
import { until } from '../../testing/until.js';
import { Choices } from '../choices.js';
import { LOCK_CLASS } from './hold.js';
import { openPostgres } from './open.js';

const REQUEST: SessionRequest = {
  partition: 'cpu',
  nprocs: 1,
  memory: '1G',
  runtime: '1:00:00',
};

let server: TestPostgres;
beforeAll(async () => {
  server = await TestPostgres.start();
}, 60_000);
afterAll(() => server[Symbol.asyncDispose]());

/** A store that is closed with the test. */
function opened(url = server.url(), passwordFile?: string) {
  const said: (string | null)[] = [];
  const store = openPostgres(
    { url, ...(passwordFile !== undefined && { passwordFile }) },
    (problem) => said.push(problem),
    0,
  );
  return {
    store,
    said,
    choices: new Choices(store.database),
    [Symbol.asyncDispose]: () => store.close(),
  };
}

test('a server that is away is said so, and used as soon as it is there', async () => {
  await server.stop();
  await using one = opened();
  await until(() => one.said.length > 0);
  expect(one.said[0]).toMatch(
    /^Beamtime’s database postgresql:\S+ cannot be used: .*ENOENT.*goes on as soon/,
  );
  await expect(one.choices.last('alice')).rejects.toThrow(Refusal);
  await server.start();
  await one.store.ready;
  await one.choices.keep('alice', REQUEST);
  expect(one.store.problem).toBeNull();
}, 60_000);

test('goes on after the server was restarted, and refuses in words meanwhile', async () => {
  await using one = opened();
  await one.store.ready;
  await one.choices.keep('alice', REQUEST);
  await server.stop();
  // Whichever comes first, a lost connection or the watch: it is never a bare error.
  await expect(one.choices.last('alice')).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringMatching(/database does not answer/) as unknown,
  });
  await until(() => one.store.problem !== null);
  await server.start();
  await until(() => one.store.problem === null);
  expect(await one.choices.last('alice')).toEqual(REQUEST);
}, 60_000);

test('has few connections however much is asked', async () => {
  await using one = opened();
  await one.store.ready;
  let most = 0;
  const asked = Promise.all(
    Array.from({ length: 300 }, (_, n) => one.choices.keep(`u${n}`, REQUEST)),
  );
  const done: true[] = [];
  void asked.finally(() => done.push(true));
  do {
    const [row] = await server.ask(
      "select count(*)::int as n from pg_stat_activity where application_name = 'beamtime'",
    );
    most = Math.max(most, Number(row?.['n']));
  } while (done.length === 0);
  await asked;
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(8);
}, 60_000);

test('two services on one database: the second waits until the first has ended', async () => {
  const first = opened();
  await first.store.ready;
  await using second = opened();
  await until(() => second.said.length > 0);
  expect(second.said[0]).toMatch(
    /^Another Beamtime service is using the database/,
  );
  await expect(second.choices.keep('alice', REQUEST)).rejects.toThrow(Refusal);
  await first.store.close();
  await second.store.ready;
  await second.choices.keep('alice', REQUEST);
}, 60_000);

test('holds the database again when only its lock’s connection was ended', async () => {
  await using one = opened();
  await one.store.ready;
  await server.ask(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'beamtime (lock)'",
  );
  await until(() => one.said.some((problem) => problem !== null));
  await until(() => one.store.problem === null);
  // The migrations take an advisory lock of their own for a moment.
  const rows = await server.ask(
    `select 1 from pg_locks where locktype = 'advisory' and granted and classid = ${LOCK_CLASS}`,
  );
  expect(rows).toHaveLength(1);
}, 60_000);

test('the password comes from a file, which may be mended meanwhile', async () => {
  using folder = temporaryFolder();
  const file = path.join(folder.path, 'password');
  await server.ask("create role beam login password 's3cret'");
  await server.ask('create database bt owner beam');
  await using one = opened(server.url('beam', 'bt'), file);
  await until(() => /ENOENT/.test(one.store.problem ?? ''));
  writeFileSync(file, 'wrong');
  await until(() => /password authentication/.test(one.store.problem ?? ''));
  writeFileSync(file, 's3cret\n');
  await one.store.ready;
  expect(JSON.stringify(one.said)).not.toContain('s3cret');
}, 60_000);

test('what was acknowledged is there after the server has crashed', async () => {
  await using durable = await TestPostgres.start({ durable: true });
  await using one = opened(durable.url());
  await one.store.ready;
  let acknowledged = 0;
  const writing = (async () => {
    for (;;) {
      await one.choices.keep(`u${acknowledged}`, REQUEST);
      acknowledged += 1;
    }
  })();
  await until(() => acknowledged > 20);
  await durable.stop('SIGQUIT');
  await expect(writing).rejects.toThrow(Refusal);
  await durable.start();
  for (let n = 0; n < acknowledged; n++) {
    await until(() => one.store.problem === null);
    expect(await one.choices.last(`u${n}`)).toEqual(REQUEST);
  }
}, 60_000);
