import cases from '../cases/session-request.json';
import { SessionRequest } from './session.js';

// The same table runs in Python against the JSON Schema made of the same source.
test.each(cases.map(({ name, options, ok }) => [name, ok, options] as const))(
  '%s: accepted %s',
  (_name, ok, options) => {
    expect(SessionRequest.safeParse(options).success).toBe(ok);
  },
);

test('the table holds enough of both kinds', () => {
  const accepted = cases.filter(({ ok }) => ok).length;
  expect(accepted).toBeGreaterThan(20);
  expect(cases.length - accepted).toBeGreaterThan(60);
});

test('what is accepted is passed on unchanged', () => {
  for (const { options } of cases.filter(({ ok }) => ok)) {
    expect(SessionRequest.parse(options)).toEqual(options);
  }
});
