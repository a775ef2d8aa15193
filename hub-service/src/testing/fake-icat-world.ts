import type { DatabaseSync } from 'node:sqlite';

export interface FakeInvestigation {
  id: number;
  name: string;
  title: string;
  visitId?: string;
  summary?: string;
  doi?: string;
  /** ISO 8601 with an offset. */
  start?: string;
  end?: string;
  release?: string;
  instrument?: string;
  cycle?: string;
  users?: { name: string; role: string }[];
  /** ICAT names of those who may read it by the server's rules, besides `anon/anon`. */
  readers?: string[];
  isOpen?: boolean;
}

export interface FakeIcatWorld {
  investigations: FakeInvestigation[];
  users?: { name: string; fullName: string; orcidId?: string }[];
  instruments?: { name: string; fullName?: string; scientists?: string[] }[];
  datasets?: {
    id: number;
    investigation: number;
    name: string;
    location?: string;
    start?: string;
    technique?: string;
    sample?: string;
    fileCount?: number;
  }[];
  files?: {
    id: number;
    dataset: number;
    name: string;
    location?: string | null;
  }[];
  maxEntities?: number;
  /** Hours by which the server's clock is ahead of UTC. */
  zone?: number;
  /** Ids that the search engine finds; absent if there is none. */
  hits?: number[];
  authenticators?: { mnemonic: string; keys: { name: string }[] }[];
  /** Relations that the rules allow nobody: they come empty, without a word. */
  dropped?: string[];
}

/** The world as tables, for the queries; dates in UTC. */
export function fillTables(world: FakeIcatWorld, database: DatabaseSync): void {
  database.exec(`
    CREATE TABLE InvestigationT (id, name, visitId, title, summary, doi, startDate, releaseDate);
    CREATE TABLE InvestigationUserT (investigation_id, user_id);
    CREATE TABLE InvestigationInstrumentT (investigation_id, instrument_id);
    CREATE TABLE InvestigationFacilityCycleT (investigation_id, facilityCycle_id);
    CREATE TABLE InstrumentT (id, name, fullName);
    CREATE TABLE InstrumentScientistT (instrument_id, user_id);
    CREATE TABLE FacilityCycleT (id, name, startDate);
    CREATE TABLE UserT (id, name, fullName);
    CREATE TABLE DatasetT (id, investigation_id, name, startDate);
    CREATE TABLE DatafileT (id, dataset_id, name, location, fileSize, datafileModTime);
    CREATE TABLE ReadableT (investigation_id, user_name);`);
  const put = (table: string, ...values: (string | number | null)[]) =>
    database
      .prepare(`INSERT INTO ${table}T VALUES (${values.map(() => '?').join()})`)
      .run(...values);
  const userIds = ids((name, id) =>
    put('User', id, name, fullNameOf(world, name)),
  );
  const instrumentIds = ids((name, id) => {
    const known = world.instruments?.find((one) => one.name === name);
    put('Instrument', id, name, known?.fullName ?? null);
    for (const scientist of known?.scientists ?? []) {
      put('InstrumentScientist', id, userIds(scientist));
    }
  });
  const cycleIds = ids((name, id) =>
    put('FacilityCycle', id, name, `${name.slice(0, 4)}-01-01 00:00:00.000`),
  );
  world.instruments?.forEach(({ name }) => instrumentIds(name));
  for (const one of world.investigations) {
    const { id, name, visitId = '1', title, summary, doi } = one;
    const [start, release] = [one.start, one.release].map((date) =>
      date === undefined ? null : stored(date),
    );
    put(
      'Investigation',
      ...[id, name, visitId, title, summary ?? null, doi ?? null],
      ...[start ?? null, release ?? null],
    );
    one.users?.forEach((user) =>
      put('InvestigationUser', id, userIds(user.name)),
    );
    if (one.instrument !== undefined) {
      put('InvestigationInstrument', id, instrumentIds(one.instrument));
    }
    if (one.cycle !== undefined) {
      put('InvestigationFacilityCycle', id, cycleIds(one.cycle));
    }
    for (const reader of [
      ...(one.readers ?? []),
      ...(one.users ?? []).map((user) => user.name),
      ...(one.isOpen === true ? ['anon/anon'] : []),
    ]) {
      put('Readable', id, reader);
    }
  }
  world.datasets?.forEach((one) =>
    put(
      'Dataset',
      ...[one.id, one.investigation, one.name],
      one.start === undefined ? null : stored(one.start),
    ),
  );
  world.files?.forEach(({ id, dataset, name, location = null }) =>
    put(
      'Datafile',
      id,
      dataset,
      name,
      location,
      1_000,
      '2025-01-01 09:00:00.000',
    ),
  );
}

function fullNameOf({ users = [] }: FakeIcatWorld, name: string): string {
  return users.find((user) => user.name === name)?.fullName ?? name;
}

function ids(make: (name: string, id: number) => void) {
  const known = new Map<string, number>();
  return (name: string): number => {
    const id = known.get(name) ?? known.size + 1;
    if (!known.has(name)) {
      known.set(name, id);
      make(name, id);
    }
    return id;
  };
}

/** In UTC, as the tables hold it. */
export function stored(date: string, hours = 0): string {
  return new Date(Date.parse(date) + hours * 3_600_000)
    .toISOString()
    .replace('T', ' ')
    .replace('Z', '');
}
