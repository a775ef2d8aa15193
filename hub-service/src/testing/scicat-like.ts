import * as z from 'zod/mini';
import { compare, fulfils, type Row, valueAt } from './mongo-like.js';
import type { Answer, Asked, Choose } from './recorded-server.js';

const Rows = z.array(z.record(z.string(), z.unknown()));
/** Answers that are always the same. */
const PLAYED: readonly [RegExp, string][] = [
  [/\/v3\/health$/, '010'],
  [/\/v3\/instruments$/, '013'],
  [/\/fullfacet$/, '034'],
  [/9dfa[-\w]+\/thumbnail$/, '068'],
  [/\/thumbnail$/, '069'],
  [/\/v4\/attachments$/, '070'],
  [/\/v4\/publisheddata$/, '078'],
];
const Limits = z.object({
  skip: z._default(z.int(), 0),
  limit: z.optional(z.int()),
  order: z.optional(z.string()),
  sort: z._default(z.record(z.string(), z.enum(['asc', 'desc'])), {}),
});
const Filter = z.object({
  where: z._default(z.unknown(), {}),
  fields: z._default(z.array(z.string()), []),
  limits: z.optional(Limits),
});

interface ScicatUser {
  username: string;
  groups: string[];
  admin?: boolean;
}

/**
 * A SciCat of the recorded proposals and datasets, with its ways: who is not known is nobody and
 * not refused, one key sorts and what is equal there comes in any order, a key that is not among
 * the fields does not sort.
 */
export class ScicatLike {
  /** Who has which token. */
  readonly users = new Map<string, ScicatUser>([
    ['token of user1', { username: 'user1', groups: ['group1'] }],
    ['token of admin', { username: 'admin', groups: ['admin'], admin: true }],
  ]);
  proposals: Row[] = [];
  datasets: Row[] = [];
  /** Turns what is equal around, another way at each question. */
  private turn = 0;

  /** Takes what was recorded as its data. */
  load(recorded: (name: string) => Answer): void {
    this.proposals = Rows.parse(recorded('084').body);
    this.datasets = ['046', '054'].flatMap((name) =>
      Rows.parse(recorded(name).body),
    );
  }

  readonly choose: Choose = (asked, recorded) => {
    const played = PLAYED.find(([path]) => path.test(asked.path));
    if (played) {
      return recorded(played[1]);
    }
    const token = (asked.headers.authorization ?? '').replace('Bearer ', '');
    return this.answer(asked, this.users.get(token), recorded);
  };

  private answer(
    asked: Asked,
    user: ScicatUser | undefined,
    recorded: (name: string) => Answer,
  ): Answer | undefined {
    const path = asked.path.replace('/api/', '');
    const mayRead = (row: Row) => isReadable(row, user);
    const one = /^v3\/proposals\/([^/]+)$/.exec(path)?.[1];
    const pid = /^v4\/datasets\/(?:public\/)?(\d.*)$/.exec(path)?.[1];
    if (path === 'v3/auth/whoami') {
      return user
        ? { body: { username: user.username, currentGroups: user.groups } }
        : recorded('081');
    }
    if (path === 'v3/proposals') {
      // A filter by any other name is ignored.
      return {
        body: this.page(
          this.proposals.filter(mayRead),
          asked.query['filters'],
          100,
        ),
      };
    }
    if (one !== undefined) {
      const row = this.proposals.find(({ proposalId }) => proposalId === one);
      return row
        ? mayRead(row)
          ? { body: row }
          : recorded('040')
        : recorded('041');
    }
    const isOpen = path.startsWith('v4/datasets/public');
    if (path.startsWith('v4/datasets') && !isOpen && !user) {
      return recorded('053');
    }
    const readable = this.datasets.filter((row) =>
      isOpen ? row['isPublished'] === true : mayRead(row),
    );
    if (/^v4\/datasets(\/public)?\/count$/.test(path)) {
      const { where } = Filter.parse(JSON.parse(asked.query['filter'] ?? '{}'));
      return {
        body: { count: readable.filter((row) => fulfils(row, where)).length },
      };
    }
    if (/^v4\/datasets(\/public)?$/.test(path)) {
      return { body: this.page(readable, asked.query['filter']) };
    }
    if (path === 'v4/origdatablocks/files') {
      const files = Rows.parse(recorded('071').body).flatMap(
        ({ dataFileList, ...block }) =>
          Rows.parse(dataFileList).map((file) => ({
            ...block,
            dataFileList: file,
          })),
      );
      return { body: this.page(user ? files : [], asked.query['filter']) };
    }
    if (pid !== undefined) {
      const row = readable.find((dataset) => dataset['pid'] === pid);
      const isThere = this.datasets.some((dataset) => dataset['pid'] === pid);
      return row
        ? { body: asked.query['include'] ? { ...row, ...blocksOf(row) } : row }
        : isOpen
          ? recorded('057')
          : recorded(isThere ? '060' : '061');
    }
    return undefined;
  }

  private page(rows: readonly Row[], text = '{}', most = 10): Row[] {
    const { where, fields, limits } = Filter.parse(JSON.parse(text));
    const { skip, limit = most, order, sort } = limits ?? Limits.parse({});
    this.turn += 1;
    const found = rows
      .filter((row) => fulfils(row, where))
      .map((row) =>
        fields.length === 0
          ? row
          : Object.fromEntries(fields.map((field) => [field, row[field]])),
      );
    const turned = found.map((_, place) => {
      const from = this.turn % 2 ? found.length - 1 - place : place;
      return found[from] ?? {};
    });
    // Only the first key of several counts, and with a comma in it none.
    const [name, way] = order?.split(':') ?? [];
    const keys: [string, string | undefined][] = name
      ? way?.includes(',')
        ? []
        : [[name, way]]
      : Object.entries(sort);
    return turned
      .sort((a, b) =>
        keys.reduce(
          (difference, [key, direction]) =>
            difference ||
            (direction === 'desc' ? -1 : 1) *
              compare(valueAt(a, key), valueAt(b, key)),
          0,
        ),
      )
      .slice(skip, skip + limit);
  }
}

function isReadable(row: Row, user: ScicatUser | undefined): boolean {
  const groups = [row['ownerGroup']].concat(row['accessGroups']);
  return (
    row['isPublished'] === true ||
    user?.admin === true ||
    (user?.groups.some((group) => groups.includes(group)) ?? false)
  );
}

const blocksOf = (row: Row) => ({
  origdatablocks: row['origdatablocks'] ?? [],
});
