import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../../testing/facility.js';
import { connectionOf, DatabaseSettings, nameOf } from './settings.js';

test.each([
  ['postgresql://beam@db.example.org:5433/bt', 'db.example.org', 5433, {}],
  ['postgres://beam@[::1]/bt', '::1', 5432, false],
  ['postgresql://beam@localhost/bt', 'localhost', 5432, false],
  ['postgresql:///bt?user=beam', '/var/run/postgresql', 5432, false],
  ['postgresql:///bt?user=beam&host=/run/pg', '/run/pg', 5432, false],
  [
    'postgresql://beam@db/bt?sslmode=require',
    'db',
    5432,
    { rejectUnauthorized: false },
  ],
  ['postgresql://beam@db/bt?sslmode=disable', 'db', 5432, false],
])('%s', (url, host, port, ssl) => {
  const settings = DatabaseSettings.parse({ url });
  expect(connectionOf(settings)).toMatchObject({
    host,
    port,
    ssl,
    user: 'beam',
    database: 'bt',
  });
});

test('checks the server’s certificate against the site’s own authority', () => {
  using folder = temporaryFolder();
  const file = path.join(folder.path, 'root.pem');
  writeFileSync(file, 'the authority');
  const url = `postgresql://beam@db/bt?sslmode=verify-full&sslrootcert=${file}`;
  expect(connectionOf({ url }).ssl).toEqual({ ca: 'the authority' });
});

test('a password in the URL is used and never shown', () => {
  const settings = { url: 'postgresql://beam:s%3Acret@db/bt' };
  expect(connectionOf(settings).password).toBe('s:cret');
  expect(nameOf(settings)).toBe('postgresql://beam@db/bt');
});

test.each([
  ['mysql://db/bt', /expected postgresql:/],
  ['db.example.org', /expected postgresql:/],
  ['postgresql://db/bt?sslmode=maybe', /sslmode is disable, require, verify/],
  ['postgresql://db/bt?pool=9', /no parameter pool/],
])('%s is refused in words', (url, words) => {
  const { success, error } = DatabaseSettings.safeParse({ url });
  expect(success).toBe(false);
  expect(error?.issues[0]?.message).toMatch(words);
});
