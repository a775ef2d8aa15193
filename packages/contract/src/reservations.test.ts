import table from '../cases/rules-people.json';
import { ClusterSnapshot, type Reservation } from './cluster.js';
import { asSeenBy, isActive, mayReserve } from './reservations.js';

const now = Date.parse(table.now);
const cluster = ClusterSnapshot.parse(table.cluster);
const person = (name: string, more: object = {}) => ({
  name,
  unixGroups: ['users'],
  associations: null,
  ...more,
});
const node = (seen: ClusterSnapshot, name: string) =>
  seen.partitions
    .flatMap(({ nodes }) => nodes)
    .find((one) => one.name === name);
const reservation = (more: Partial<Reservation>): Reservation => ({
  name: 'r',
  start: table.now,
  end: null,
  nodes: ['n1'],
  whole: true,
  flex: false,
  partition: null,
  users: null,
  groups: null,
  accounts: null,
  features: [],
  ...more,
});

test('a person sees only their own reservations', () => {
  const names = (name: string) =>
    asSeenBy(cluster, person(name), now).reservations.map((one) => one.name);
  expect(names('alice')).toContain('mybeam');
  expect(names('bob')).toEqual(['charged', 'open']);
});

test('a machine that others have reserved is not free, one’s own is', () => {
  const only = (users: string[]) => ({
    ...cluster,
    reservations: [reservation({ nodes: ['n3'], users })],
  });
  const mine = asSeenBy(only(['alice']), person('alice'), now);
  const theirs = asSeenBy(only(['bob']), person('alice'), now);
  expect(node(mine, 'n3')).toMatchObject({ idleCpus: 96 });
  expect(node(theirs, 'n3')).toMatchObject({ idleCpus: 0, idleMemoryMiB: 0 });
  expect(node(theirs, 'n1')).toMatchObject({ idleCpus: 32 });
});

test('a machine says when the next reservation takes it whole', () => {
  const at = (hours: number) => new Date(now + hours * 3.6e6).toISOString();
  const reservations = [
    reservation({ start: at(5) }),
    reservation({ start: at(2), users: ['bob'] }),
    reservation({ start: at(1), whole: false }),
    reservation({ start: at(-1), end: at(1) }),
  ];
  const seen = asSeenBy({ ...cluster, reservations }, person('alice'), now);
  expect(node(seen, 'n1')?.reservedFrom).toBe(at(2));
  expect(node(seen, 'n2')?.reservedFrom).toBeNull();
});

test.each([
  [{ users: ['alice'] }, true],
  [{ users: ['bob'] }, false],
  [{ users: ['-alice'] }, false],
  [{ users: ['-bob'] }, true],
  [{ groups: ['users'] }, true],
  [{ groups: ['beam'] }, false],
  [{ accounts: ['any'] }, true],
  [{ users: ['alice'], groups: ['beam'] }, false],
  [{ users: [] }, true],
])('whether alice may use one for %j: %j', (lists, may) => {
  expect(mayReserve(reservation(lists), person('alice'))).toBe(may);
});

test('begins at its start and is over at its end', () => {
  const end = new Date(now + 1000).toISOString();
  expect(isActive(reservation({ end }), now)).toBe(true);
  expect(isActive(reservation({ end }), now - 1)).toBe(false);
  expect(isActive(reservation({ end }), now + 1000)).toBe(false);
});
