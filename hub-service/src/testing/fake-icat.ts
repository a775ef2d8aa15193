import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod/mini';
import { type FakeIcatWorld, fillTables, stored } from './fake-icat-world.js';
import { parseJpql } from './jpql-on-sqlite.js';
import type { Answer, Asked, Choose } from './recorded-server.js';

const LoginForm = z.object({
  plugin: z.string(),
  credentials: z.array(z.record(z.string(), z.string())),
});
const NOW = '2026-11-21 12:00:00.000';

/** An ICAT server: its sessions, its refusals, and a database behind its query language. */
export class FakeIcat {
  /** Session id to the user's name in ICAT. */
  readonly sessions = new Map<string, string>();
  readonly logins: z.infer<typeof LoginForm>[] = [];
  renewals = 0;
  /** What queries are answered instead, by the session's id. */
  failing: ((session: string) => Answer) | null = null;
  private readonly database = new DatabaseSync(':memory:');

  constructor(
    readonly world: FakeIcatWorld,
    /** Who a login is for; `null` refuses it. */
    private readonly who: (login: z.infer<typeof LoginForm>) => string | null,
  ) {
    fillTables(world, this.database);
  }

  readonly choose: Choose = (asked) => {
    const session = /^\/icat\/session\/(.+)$/.exec(asked.path)?.[1];
    if (session !== undefined) {
      return this.session(asked.method, session);
    }
    switch (asked.path) {
      case '/icat/version':
        return { body: { version: '6.2.0' } };
      case '/icat/properties':
        return { body: this.properties() };
      case '/icat/session':
        return this.login(new URLSearchParams(asked.body).get('json') ?? '');
      case '/icat/search/documents':
        return this.as(asked, () => ({
          results: (this.world.hits ?? []).map((id) => ({ id, score: 1 })),
        }));
      case '/icat/entityManager':
        return this.as(asked, (user) => this.query(user, asked));
      default:
        return refusal(501, 'NOT_IMPLEMENTED', 'Not implemented.');
    }
  };

  private properties() {
    const { maxEntities = 1000, authenticators } = this.world;
    return {
      maxEntities,
      lifetimeMinutes: 120,
      authenticators: authenticators ?? [
        { mnemonic: 'anon', keys: [] },
        { mnemonic: 'oidc', keys: [{ name: 'token', hide: true }] },
        {
          mnemonic: 'db',
          keys: [{ name: 'username' }, { name: 'password', hide: true }],
        },
      ],
    };
  }

  private login(json: string): Answer {
    const login = LoginForm.safeParse(JSON.parse(json));
    const user = login.success ? this.who(login.data) : null;
    if (!login.success || user === null) {
      return refusal(403, 'SESSION', 'The token has expired');
    }
    this.logins.push(login.data);
    const sessionId = `secret-session-${this.logins.length}`;
    this.sessions.set(sessionId, user);
    return { body: { sessionId } };
  }

  private session(method: string, id: string): Answer {
    if (!this.sessions.has(id)) {
      return unknownSession(id);
    }
    if (method === 'DELETE') {
      this.sessions.delete(id);
    } else {
      this.renewals += 1;
    }
    return { status: 204, body: '' };
  }

  private as(asked: Asked, answer: (user: string) => unknown): Answer {
    const id = asked.query['sessionId'] ?? '';
    const user = this.sessions.get(id);
    if (user === undefined) {
      return unknownSession(id);
    }
    if (this.failing) {
      return this.failing(id);
    }
    try {
      return { body: answer(user) };
    } catch (error) {
      return error instanceof RangeError
        ? refusal(400, 'VALIDATION', error.message)
        : refusal(400, 'BAD_PARAMETER', `${String(error)} in session ${id}`);
    }
  }

  private query(user: string, asked: Asked): unknown[] {
    const zone = this.world.zone ?? 0;
    const parsed = parseJpql(
      asked.query['query'] ?? '',
      (wall) => stored(`${wall}Z`, -zone),
      NOW,
    );
    const rows = this.database
      .prepare(parsed.sql)
      .all({ ...(parsed.sql.includes(':user') && { user }) })
      .map((row) => Object.values(row));
    if (!parsed.isEntity) {
      const out = rows.map((row) => row.map((value) => this.shown(value)));
      return parsed.select.length === 1 ? out.flat() : out;
    }
    const made = rows.map(([id]) =>
      this.entity(parsed.entity, Number(id), parsed.include),
    );
    const most = this.world.maxEntities ?? 1000;
    if (countEntities(made) > most) {
      throw new RangeError(`attempt to return more than ${most} entities`);
    }
    return made;
  }

  private entity(
    entity: string,
    id: number,
    include: readonly string[],
  ): unknown {
    const { investigations, datasets = [], dropped = [] } = this.world;
    const has = (relation: string) =>
      include.some((path) => path.split('.').includes(relation)) &&
      !dropped.includes(relation);
    if (entity === 'FacilityCycle') {
      const [row] = this.database
        .prepare('SELECT name FROM FacilityCycleT WHERE id = ?')
        .all(id);
      return { FacilityCycle: { id, name: row?.['name'] } };
    }
    if (entity === 'Dataset') {
      const { start, technique, sample, name, location, fileCount } =
        datasets.find((dataset) => dataset.id === id) ?? {};
      return {
        Dataset: {
          ...{ id, name, location, fileCount: fileCount ?? 0, fileSize: 0 },
          ...(start !== undefined && { startDate: this.date(start) }),
          parameters: [],
          datasetTechniques:
            technique !== undefined && has('datasetTechniques')
              ? [{ id: 1, technique: { id: 1, name: technique } }]
              : [],
          ...(sample !== undefined &&
            has('sample') && { sample: { name: sample } }),
          ...(has('type') && { type: { id: 1, name: 'acquisition' } }),
        },
      };
    }
    const row = investigations.find((one) => one.id === id);
    if (!row) {
      throw new Error(`There is no ${entity} ${id}.`);
    }
    const { start, end, release, users = [], instrument, cycle } = row;
    const { name, title, visitId, summary, doi } = row;
    return {
      Investigation: {
        ...{ id, name, title, visitId, summary, doi },
        createId: 'simple/root',
        fileCount: 0,
        fileSize: 0,
        startDate: start && this.date(start),
        endDate: end && this.date(end),
        releaseDate: release && this.date(release),
        investigationUsers: has('investigationUsers')
          ? users.map((user, place) => ({
              id: place,
              role: user.role,
              user: this.user(user.name),
            }))
          : [],
        investigationInstruments:
          instrument !== undefined && has('investigationInstruments')
            ? [{ id: 1, instrument: this.instrument(instrument, has) }]
            : [],
        investigationFacilityCycles:
          cycle !== undefined && has('investigationFacilityCycles')
            ? [{ id: 1, facilityCycle: { id: 1, name: cycle } }]
            : [],
      },
    };
  }

  private instrument(name: string, has: (relation: string) => boolean) {
    const known = this.world.instruments?.find((one) => one.name === name);
    return {
      id: 1,
      name,
      fullName: known?.fullName,
      instrumentScientists: has('instrumentScientists')
        ? (known?.scientists ?? []).map((user) => ({
            id: 1,
            user: this.user(user),
          }))
        : [],
    };
  }

  private user(name: string) {
    return (
      this.world.users?.find((user) => user.name === name) ?? {
        name,
        fullName: name,
      }
    );
  }

  private date(text: string): string {
    const { zone = 0 } = this.world;
    const wall = new Date(Date.parse(text) + zone * 3_600_000).toISOString();
    const sign = `+${String(zone).padStart(2, '0')}:00`;
    return zone === 0 ? wall : wall.replace('Z', sign);
  }

  private shown(value: unknown): unknown {
    return typeof value === 'string' && /^\d{4}-\d\d-\d\d \d\d:/.test(value)
      ? this.date(`${value.replace(' ', 'T')}Z`)
      : value;
  }
}

function refusal(status: number, code: string, message: string): Answer {
  return { status, body: { code, message } };
}

/** As the real one says it: with the session's id. */
function unknownSession(id: string): Answer {
  const message = `Unable to find user by sessionid: ${id}`;
  return refusal(403, 'SESSION', message);
}

/** Objects with an id count, however deep. */
function countEntities(value: unknown): number {
  if (typeof value !== 'object' || value === null) {
    return 0;
  }
  const inside = Object.values(value).reduce<number>(
    (sum, part) => sum + countEntities(part),
    0,
  );
  return inside + ('id' in value ? 1 : 0);
}
