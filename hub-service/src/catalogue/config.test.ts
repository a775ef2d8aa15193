import { readEntries, userIssuer } from './config.js';

const icat = {
  name: 'icat',
  kind: 'icat',
  label: 'The ICAT',
  url: 'https://icat.example.org/icat',
};

test('one wrong catalogue costs itself, and says why', () => {
  const { entries, problems } = readEntries([
    icat,
    { ...icat, name: 'other', url: 'icat.example.org' },
    { ...icat, name: 'odd', kind: 'oracle' },
    { ...icat, name: 'open', password: 's3cret' },
    { ...icat, label: 'Twice' },
    17,
  ]);
  expect(entries.map(({ label }) => label)).toEqual(['The ICAT']);
  expect(problems).toEqual([
    expect.stringMatching(
      /^The catalogue other is left out.* url: .*https:\/\/.*Mend it in jupyterhub_config.py/,
    ),
    expect.stringMatching(/^The catalogue odd is left out.* kind: /),
    expect.stringMatching(/^The catalogue open is left out.*password/),
    expect.stringMatching(/^The catalogue icat is left out: there is another/),
    expect.stringMatching(/^Catalogue 6 is left out/),
  ]);
  expect(problems.join()).not.toContain('s3cret');
});

test('a source is shown tokens of the issuer that its configuration names', () => {
  const issuer = 'https://idp.example.org';
  const of = (auth: object) =>
    readEntries([{ ...icat, auth }]).entries.map(userIssuer);
  expect(of({ kind: 'user', issuer })).toEqual([{ url: issuer, needed: true }]);
  expect(of({ kind: 'none' })).toEqual([null]);
});
