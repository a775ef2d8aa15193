import { PersonRole } from '@beamtime/contract';
import * as z from 'zod/mini';
import {
  DataPath,
  Doi,
  Id,
  Instant,
  LongText,
  Name,
  Orcid,
  RelativePath,
  Ror,
  Url,
  Whole,
} from './values.js';

/** A value as it is stored: instants are ISO 8601 in UTC, so that text sorts as time. */
export type Value = string | number | null;

export interface Column {
  readonly check: z.ZodMiniType<Exclude<Value, null>>;
  readonly required: boolean;
  /** What stands there if nothing is given. */
  readonly fallback?: string;
  /** The table whose first key column it names a row of. */
  readonly of?: string;
}

/** A kind of fact: a CSV file, a list in JSON and a table, all of one name and columns. */
export interface Table {
  readonly name: string;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, Column>>;
  /** Columns by which it is searched besides its key. */
  readonly indexes: readonly string[];
  /** Columns whose values may not be there twice. */
  readonly unique: readonly string[];
}

type Check = Column['check'];

const required = (check: Check): Column => ({ check, required: true });
const maybe = (check: Check): Column => ({ check, required: false });
const to = (of: string): Column => ({ check: Id, required: true, of });
const maybeTo = (of: string): Column => ({ check: Id, required: false, of });
const either = (fallback: string, values: readonly string[]): Column => ({
  check: z.enum(values),
  required: false,
  fallback,
});

function table(
  name: string,
  key: readonly string[],
  columns: Record<string, Column>,
  {
    indexes = [],
    unique = [],
  }: Partial<Pick<Table, 'indexes' | 'unique'>> = {},
): Table {
  return { name, key, columns, indexes, unique };
}

/** Roles of VISA. The first four see every experiment while the role lasts. */
export const SUPPORT_ROLES = [
  'ADMIN',
  'IT_SUPPORT',
  'INSTRUMENT_CONTROL',
  'SCIENTIFIC_COMPUTING',
];
const ROLES = [...SUPPORT_ROLES, 'INSTRUMENT_SCIENTIST', 'STAFF', 'GUEST'];

/** All kinds, each after those that it refers to. */
export const TABLES: readonly Table[] = [
  table('employer', ['id'], {
    id: required(Id),
    name: required(Name),
    town: maybe(Name),
    country_code: maybe(Name),
    ror: maybe(Ror),
  }),
  table(
    'instrument',
    ['id'],
    {
      id: required(Id),
      name: required(Name),
      full_name: maybe(Name),
      facility: maybe(Name),
      pid: maybe(Name),
      url: maybe(Url),
    },
    { unique: ['name'] },
  ),
  table('cycle', ['name'], {
    name: required(Id),
    start_date: maybe(Instant),
    end_date: maybe(Instant),
  }),
  table(
    'proposal',
    ['id'],
    {
      id: required(Id),
      identifier: required(Name),
      title: maybe(LongText),
      summary: maybe(LongText),
      url: maybe(Url),
      doi: maybe(Doi),
      type: maybe(Name),
      parent_id: maybeTo('proposal'),
      public_at: maybe(Instant),
      unix_group: maybe(Name),
      license: maybe(Name),
    },
    { indexes: ['doi'] },
  ),
  table(
    'user',
    ['id'],
    {
      id: required(Id),
      first_name: maybe(Name),
      last_name: required(Name),
      email: maybe(Name),
      affiliation_id: maybeTo('employer'),
      activated_at: maybe(Instant),
      login: maybe(Name),
      orcid: maybe(Orcid),
      umbrella: maybe(Name),
    },
    { unique: ['login'] },
  ),
  table(
    'user_identifier',
    ['scheme', 'value'],
    {
      user_id: to('user'),
      scheme: required(
        z.enum(['login', 'email', 'oidc-sub', 'icat-user', 'local']),
      ),
      value: required(Name),
    },
    { indexes: ['user_id'] },
  ),
  table('user_role', ['user_id', 'role'], {
    user_id: to('user'),
    role: required(z.enum(ROLES)),
    expires_at: maybe(Instant),
  }),
  table(
    'experiment',
    ['id'],
    {
      id: required(Id),
      proposal_id: to('proposal'),
      instrument_id: to('instrument'),
      visit: maybe(Name),
      title: maybe(LongText),
      summary: maybe(LongText),
      url: maybe(Url),
      doi: maybe(Doi),
      cycle: maybeTo('cycle'),
      start_date: maybe(Instant),
      end_date: maybe(Instant),
      public_at: maybe(Instant),
      data_path: maybe(DataPath),
      unix_group: maybe(Name),
    },
    { indexes: ['proposal_id', 'doi'] },
  ),
  table(
    'experiment_user',
    ['experiment_id', 'user_id', 'role'],
    {
      experiment_id: to('experiment'),
      user_id: to('user'),
      role: either('member', PersonRole.options),
      role_label: maybe(Name),
      expires_at: maybe(Instant),
    },
    { indexes: ['user_id'] },
  ),
  table(
    'experiment_group',
    ['experiment_id', 'group_name'],
    {
      experiment_id: to('experiment'),
      group_name: required(Name),
      expires_at: maybe(Instant),
    },
    { indexes: ['group_name'] },
  ),
  table(
    'instrument_scientist',
    ['instrument_id', 'user_id'],
    {
      instrument_id: to('instrument'),
      user_id: to('user'),
      expires_at: maybe(Instant),
    },
    { indexes: ['user_id'] },
  ),
  table(
    'sample',
    ['id'],
    {
      id: required(Id),
      experiment_id: maybeTo('experiment'),
      name: required(Name),
      description: maybe(LongText),
    },
    { indexes: ['experiment_id'] },
  ),
  table(
    'dataset',
    ['id'],
    {
      id: required(Id),
      experiment_id: to('experiment'),
      name: required(Name),
      description: maybe(LongText),
      type: either('raw', ['raw', 'processed', 'other']),
      sample_id: maybeTo('sample'),
      start_date: maybe(Instant),
      end_date: maybe(Instant),
      path: maybe(DataPath),
      bytes: maybe(Whole),
      file_count: maybe(Whole),
      online: maybe(z.enum(['online', 'archived', 'restoring'])),
      doi: maybe(Doi),
      license: maybe(Name),
      thumbnail: maybe(DataPath),
    },
    { indexes: ['experiment_id', 'doi'] },
  ),
  table('dataset_technique', ['dataset_id', 'name'], {
    dataset_id: to('dataset'),
    name: required(Name),
    pid: maybe(Url),
  }),
  table('dataset_keyword', ['dataset_id', 'keyword'], {
    dataset_id: to('dataset'),
    keyword: required(Name),
  }),
  table('datafile', ['dataset_id', 'path'], {
    dataset_id: to('dataset'),
    path: required(RelativePath),
    bytes: maybe(Whole),
    modified_at: maybe(Instant),
    checksum: maybe(Name),
  }),
];

/** Whether the values of a column are numbers. */
export function isNumber({ check }: Column): boolean {
  return check === Whole;
}
