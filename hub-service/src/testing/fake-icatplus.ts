import type { Answer, Asked, Choose } from './recorded-server.js';

export interface PlusInvestigation {
  id: number;
  name: string;
  title: string;
  doi?: string;
  startDate?: string;
  releaseDate?: string;
  instrument?: string;
  team?: { name: string; role: string; fullName: string; orcidId?: string }[];
  /** Names of those who may read it besides its team. */
  readers?: string[];
}

export interface FakeIcatPlusWorld {
  investigations: PlusInvestigation[];
  /** Instruments by the name of their scientist. */
  scientists?: Record<string, string[]>;
  datasets?: {
    id: number;
    investigation: number;
    name: string;
    location?: string;
  }[];
  files?: { id: number; dataset: number; name: string; location: string }[];
  /** How the server spells the filter of what one may read. */
  participant?: 'participant' | 'partipant';
  statuses?: unknown[] | undefined;
}

/** Today, for what is released. */
const NOW = Date.parse('2026-11-21T12:00:00Z');

/** An ICAT+ server: lists from memory, each with its total in the first row. */
export class FakeIcatPlus {
  readonly sessions = new Map<string, string>();
  readonly logins: unknown[] = [];
  private begun = 0;

  constructor(
    readonly world: FakeIcatPlusWorld,
    private readonly who: (login: string) => string | null,
  ) {}

  readonly choose: Choose = (asked) => {
    const [, first, second = '', ...rest] = asked.path.split('/');
    if (first === 'session') {
      return this.session(asked, second);
    }
    if (asked.path === '/catalogue/instruments') {
      return { body: [{ id: 1, name: 'ID00', description: 'Spectroscopy' }] };
    }
    if (asked.path === '/catalogue/datasets') {
      return this.datasets(asked);
    }
    const user = this.sessions.get(second);
    if (user === undefined) {
      return { status: 403, body: '' };
    }
    switch (`${first}/${rest.join('/')}`) {
      case 'catalogue/investigation':
        return this.investigations(asked, user);
      case 'catalogue/datafile':
        return this.files(asked);
      case 'ids/datasets/status':
        return this.world.statuses
          ? { body: this.world.statuses }
          : { status: 500, body: 'down' };
      default:
        return this.team(Number(rest[2]), user);
    }
  };

  private session(asked: Asked, id: string): Answer {
    if (asked.method === 'POST') {
      const user = this.who(asked.body);
      if (user === null) {
        return { status: 403, body: '' };
      }
      this.logins.push(JSON.parse(asked.body));
      const sessionId = `secret-session-${++this.begun}`;
      this.sessions.set(sessionId, user);
      const isInstrumentScientist = this.scientist(user).length > 0;
      return { body: { sessionId, name: user, isInstrumentScientist } };
    }
    return this.sessions.has(id) &&
      (asked.method !== 'DELETE' || this.sessions.delete(id))
      ? { status: 204, body: '' }
      : { status: 403, body: '' };
  }

  private investigations({ query }: Asked, user: string): Answer {
    const { participant = 'participant', investigations } = this.world;
    const filters: Record<string, (one: PlusInvestigation) => boolean> = {
      [participant]: (one) => this.mayRead(one, user),
      instrumentscientist: (one) =>
        this.scientist(user).includes(one.instrument ?? ''),
      // All of them, whoever asks: as the real one.
      embargoed: (one) => !isOpen(one),
      released: isOpen,
      '': (one) => isIn(one, user),
    };
    const chosen = filters[query['filter'] ?? ''];
    if (!chosen) {
      return { status: 400, body: { message: 'Unknown filter.' } };
    }
    const ids = query['ids']?.split(',');
    const instruments = query['instrumentName']?.split(',');
    const word = query['search']?.toLowerCase() ?? '';
    const { startDate = '', endDate = '9' } = query;
    const found = investigations.filter(
      (one) =>
        (ids ? ids.includes(String(one.id)) : chosen(one)) &&
        (!instruments || instruments.includes(one.instrument ?? '')) &&
        (query['username'] === undefined ||
          one.team?.some(({ name }) =>
            name.startsWith(query['username'] ?? ''),
          )) &&
        // It ended after, where ours asks that it began after.
        ((one.startDate ?? '') >= startDate ||
          startDate === '' ||
          one.id === 9) &&
        (one.startDate ?? '') < endDate &&
        `${one.name} ${one.title} ${one.doi}`.toLowerCase().includes(word),
    );
    const by = {
      NAME: 'name',
      TITLE: 'title',
      STARTDATE: 'startDate',
    } as const;
    const field = by[(query['sortBy'] ?? 'STARTDATE') as keyof typeof by];
    const sign = query['sortOrder'] === '-1' ? -1 : 1;
    found.sort((a, b) => {
      const [x = '', y = ''] = [a[field], b[field]];
      return x === '' || y === ''
        ? Number(x === '') - Number(y === '')
        : sign * (x < y ? -1 : x > y ? 1 : 0);
    });
    const rows = found.map(({ team = [], instrument, readers, ...one }) => ({
      ...one,
      summary: null,
      instrument: instrument === undefined ? null : { id: 1, name: instrument },
      investigationUsers: team.map(({ role, name, fullName }) => ({
        role,
        user: { name, fullName, email: null },
      })),
      canAccessDatasets:
        isIn({ team }, user) || (readers ?? []).includes(user) || isOpen(one),
    }));
    return { body: part(rows, query) };
  }

  private team(id: number, user: string): Answer {
    const one = this.find(id);
    return one && (this.mayRead(one, user) || isOpen(one))
      ? {
          body: (one.team ?? []).map((person) => ({
            ...person,
            affiliation: null,
            investigationId: id,
          })),
        }
      : { body: [] };
  }

  private datasets({ query, headers }: Asked): Answer {
    const session = headers.authorization?.replace('Bearer ', '');
    const user = this.sessions.get(session ?? '');
    if (session !== undefined && user === undefined) {
      return { status: 403, body: '' };
    }
    const rows = (this.world.datasets ?? []).flatMap((dataset) => {
      const one = this.find(dataset.investigation);
      return one &&
        (query['investigationIds'] === undefined ||
          Number(query['investigationIds']) === one.id) &&
        (query['datasetIds'] === undefined ||
          Number(query['datasetIds']) === dataset.id) &&
        (isOpen(one) || (user !== undefined && this.mayRead(one, user))) &&
        dataset.name.includes(query['search'] ?? '')
        ? [
            {
              ...dataset,
              startDate: '2025-01-01T08:10:00',
              endDate: null,
              sampleName: 'Mo foil',
              type: 'acquisition',
              parameters: [
                { name: '__fileCount', value: '7' },
                { name: '__volume', value: '1000' },
              ],
              techniques: [{ pid: 'PaNET01196', name: 'XAS' }],
              investigation: {
                id: one.id,
                name: one.name,
                title: one.title,
                releaseDate: one.releaseDate,
              },
            },
          ]
        : [];
    });
    return { body: part(rows, query) };
  }

  private files({ query }: Asked): Answer {
    const rows = (this.world.files ?? [])
      .filter(
        ({ dataset, name }) =>
          dataset === Number(query['datasetId']) &&
          name.includes(query['search'] ?? ''),
      )
      .map(({ id, name, location }) => ({
        Datafile: { id, name, location, fileSize: 1234, modTime: null },
      }));
    const skip = Number(query['skip'] ?? 0);
    return { body: rows.slice(skip, skip + Number(query['limit'] ?? 9_999)) };
  }

  private find(id: number): PlusInvestigation | undefined {
    return this.world.investigations.find((one) => one.id === id);
  }

  private mayRead(one: PlusInvestigation, user: string): boolean {
    return (
      isIn(one, user) ||
      (one.readers ?? []).includes(user) ||
      this.scientist(user).includes(one.instrument ?? '')
    );
  }

  private scientist(user: string): string[] {
    return this.world.scientists?.[user] ?? [];
  }
}

function isOpen({ releaseDate }: Pick<PlusInvestigation, 'releaseDate'>) {
  return Date.parse(releaseDate ?? '') < NOW;
}

function isIn({ team = [] }: Pick<PlusInvestigation, 'team'>, user: string) {
  return team.some(({ name }) => name === user);
}

/** The total is in the first row, so that an empty part has none. */
function part(
  rows: readonly object[],
  { skip = '0', limit = '9999' }: Record<string, string>,
): object[] {
  const start = Number(skip);
  return rows
    .slice(start, start + Number(limit))
    .map((row, place) =>
      place === 0 ? { ...row, meta: { page: { total: rows.length } } } : row,
    );
}
