import { and, contains, literal, literals, render, timestamp } from './jpql.js';

test.each([
  ["O'Neil", "'O''Neil'"],
  ["' OR 1=1 --", "''' OR 1=1 --'"],
  ["''", "''''''"],
  ['\\', "'\\'"],
  ['a\0b\nc', "'a b c'"],
])('keeps %j within its quotes', (text, expected) => {
  expect(literal(text)).toBe(expected);
});

test.each([
  ['Operando', "UPPER(i.title) LIKE '%OPERANDO%'"],
  ['100%', "UPPER(i.title) LIKE '%100!%%' ESCAPE '!'"],
  ['a_b!', "UPPER(i.title) LIKE '%A!_B!!%' ESCAPE '!'"],
  ['\\', "UPPER(i.title) LIKE '%\\%' ESCAPE '!'"],
  [':ts20250101000000', "UPPER(i.title) LIKE '%_TS20250101000000%'"],
  ["x') OR (i.id > 0", "UPPER(i.title) LIKE '%X'') OR (I.ID > 0%'"],
])('looks for %j as it is', (word, expected) => {
  expect(contains('i.title', word)).toBe(expected);
});

test('puts the clauses in the order that the server takes', () => {
  expect(
    render({
      select: 'i',
      from: 'Investigation i',
      where: and('i.id > 1', null, `i.name IN ${literals(['A', "B'"])}`),
      orderBy: 'i.id',
      limit: 26,
      include: ['i.type', 'i.facility'],
    }),
  ).toBe(
    "SELECT i FROM Investigation i WHERE i.id > 1 AND i.name IN ('A', 'B''') ORDER BY i.id LIMIT 0,26 INCLUDE i.type, i.facility",
  );
  expect(and(null, null)).toBeNull();
  expect(timestamp('2025-01-08T08:00:00.500')).toBe('{ts 2025-01-08 08:00:00}');
});
