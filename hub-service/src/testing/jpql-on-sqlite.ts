/** ICAT's JPQL as SQL for the tables of {@link FakeIcat}: as much of it as the adapter speaks. */

const ENTITIES: Record<string, Record<string, string>> = {
  Investigation: {},
  InvestigationUser: { investigation: 'Investigation', user: 'User' },
  InvestigationInstrument: {
    investigation: 'Investigation',
    instrument: 'Instrument',
  },
  InvestigationFacilityCycle: {
    investigation: 'Investigation',
    facilityCycle: 'FacilityCycle',
  },
  Instrument: {},
  InstrumentScientist: { instrument: 'Instrument', user: 'User' },
  FacilityCycle: {},
  User: {},
  Dataset: { investigation: 'Investigation' },
  Datafile: { dataset: 'Dataset' },
};
const LISTS: Record<string, [entity: string, column: string]> = {
  instrumentScientists: ['InstrumentScientist', 'instrument_id'],
};

export interface Parsed {
  /** What the first alias stands for. */
  entity: string;
  alias: string;
  select: string[];
  isEntity: boolean;
  sql: string;
  include: string[];
}

/** @throws {Error} for what ICAT's lexer would not read, or what is none of its entities. */
export function parseJpql(
  jpql: string,
  toUtc: (wall: string) => string,
  now: string,
): Parsed {
  const strings: string[] = [];
  const bare = jpql.replace(/'(?:[^']|'')*'/g, (text) => {
    // The real one looks for its timestamps in strings too, and finds no such parameter.
    if (/:ts\d{14}/.test(text)) {
      throw new Error('A timestamp in a string.');
    }
    strings.push(text);
    return `"${strings.length - 1}"`;
  });
  if (/[^\w$"(),.:<>=!{}+\-*/ ]/.test(bare)) {
    throw new Error('Unexpected character.');
  }
  const clauses =
    /^SELECT (.+?) FROM (.+?)(?: WHERE (.+?))?(?: ORDER BY (.+?))?(?: LIMIT (\d+),(\d+))?(?: INCLUDE (.+))?$/.exec(
      bare,
    );
  const [, select = '', from = '', where = '', order, skip, number, include] =
    clauses ?? [];
  const [, entity = '', alias = ''] = /^(\w+) (\w+)/.exec(from) ?? [];
  if (!clauses || !(entity in ENTITIES)) {
    throw new Error(`${entity} is not an ICAT entity`);
  }
  const aliases = new Map<string, string>();
  const sql = (text: string) =>
    toSql(text, aliases)
      .replace(
        /\{ts (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)\}/g,
        (_, day: string, time: string) => `'${toUtc(`${day}T${time}`)}'`,
      )
      .replaceAll('CURRENT_TIMESTAMP', `'${now}'`)
      .replace(/"(\d+)"/g, (_, place: string) => strings[Number(place)] ?? '');
  const tables = sql(` FROM ${from}`);
  const isEntity = select === alias;
  const columns = isEntity
    ? `${alias}.id`
    : sql(select).replace(/COUNT\((\w+)\)/, 'COUNT($1.id)');
  return {
    entity,
    alias,
    select: select.split(', '),
    isEntity,
    include: include?.split(', ') ?? [],
    sql: `SELECT ${columns}${tables} WHERE ${where === '' ? '1' : `(${sql(where)})`} AND ${allowed(entity, alias)}${
      order === undefined ? '' : ` ORDER BY ${sql(order)}`
    }${number === undefined ? '' : ` LIMIT ${skip},${number}`}`,
  };
}

/** The rules: who may read an investigation may read what is in it. */
function allowed(entity: string, alias: string): string {
  const id = {
    Investigation: `${alias}.id`,
    Dataset: `${alias}.investigation_id`,
    Datafile: `(SELECT investigation_id FROM DatasetT WHERE id = ${alias}.dataset_id)`,
  }[entity];
  return id === undefined
    ? '1'
    : `${id} IN (SELECT investigation_id FROM ReadableT WHERE user_name = :user)`;
}

function toSql(text: string, aliases: Map<string, string>): string {
  const joined = text.replace(
    /(FROM|JOIN) ([\w.]+) (\w+)/g,
    (_, word: string, path: string, alias: string) => {
      const [owner = '', field = ''] = path.split('.');
      if (field === '') {
        aliases.set(alias, path);
        return `${word} ${path}T ${alias}`;
      }
      const one = ENTITIES[aliases.get(owner) ?? '']?.[field];
      const [many = '', column = ''] = LISTS[field] ?? [];
      aliases.set(alias, one ?? many);
      return one === undefined
        ? `JOIN ${many}T ${alias} ON ${alias}.${column} = ${owner}.id`
        : `JOIN ${one}T ${alias} ON ${alias}.id = ${owner}.${field}_id`;
    },
  );
  return joined.replace(
    /\b(\w+)\.(\w+)\.(\w+)/g,
    (_, alias: string, field: string, next: string) => {
      const table = ENTITIES[aliases.get(alias) ?? '']?.[field];
      return next === 'id'
        ? `${alias}.${field}_id`
        : `(SELECT ${next} FROM ${table}T WHERE id = ${alias}.${field}_id)`;
    },
  );
}
