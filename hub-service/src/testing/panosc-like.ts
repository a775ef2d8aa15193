import * as z from 'zod/mini';
import { compare, type Row, valueAt } from './mongo-like.js';
import type { Answer, Asked, Choose } from './recorded-server.js';

const Filter = z.object({
  where: z._default(z.record(z.string(), z.unknown()), {}),
  include: z._default(z.array(z.looseObject({ relation: z.string() })), []),
  limit: z.optional(z.int()),
  skip: z._default(z.int(), 0),
  order: z._default(z.array(z.string()), []),
});

const RELATIONS = ['datasets', 'members', 'parameters'];

/**
 * A PaNOSC search API of documents in memory, with its ways: an unknown relation is a fault of its
 * own, and a condition on what is included takes rows out after the part has been cut.
 */
export class PanoscLike {
  documents: Row[] = [];
  /** Relations of datasets that this site knows. */
  relations = ['instrument', 'techniques', 'samples', 'files'];
  counts = true;

  readonly choose: Choose = (asked, recorded) => {
    const one = /^\/api\/Documents\/(?!count$)(.+)$/.exec(asked.path)?.[1];
    switch (asked.path) {
      case '/api/Documents':
        return this.list(asked, recorded);
      case '/api/Documents/count': {
        const where: unknown = JSON.parse(asked.query['where'] ?? '{}');
        return this.counts
          ? { body: { count: this.found(Filter.parse({ where })).length } }
          : recorded('22');
      }
      case '/api/Instruments':
        return recorded('17');
      default:
        return one === undefined ? undefined : this.one(one, asked, recorded);
    }
  };

  private one(
    pid: string,
    asked: Asked,
    recorded: (name: string) => Answer,
  ): Answer {
    const row = this.documents.find((document) => document['pid'] === pid);
    return !this.knows(asked)
      ? recorded('22')
      : row
        ? { body: row }
        : recorded('20');
  }

  private list(asked: Asked, recorded: (name: string) => Answer): Answer {
    if (!this.knows(asked)) {
      return recorded('22');
    }
    const filter = Filter.parse(JSON.parse(asked.query['filter'] ?? '{}'));
    const { skip, limit = 100, order, include } = filter;
    const rows = this.found(filter).sort((a, b) =>
      order.reduce((difference, one) => {
        const [key = '', way] = one.split(' ');
        const sign = way === 'DESC' ? -1 : 1;
        return difference || sign * compare(valueAt(a, key), valueAt(b, key));
      }, 0),
    );
    const names = /"inq":(\[[^\]]*\])/.exec(JSON.stringify(include))?.[1];
    const body = rows.slice(skip, skip + limit).filter(
      (row) =>
        names === undefined ||
        z
          .array(z.string())
          .parse(JSON.parse(names))
          .some((name) =>
            JSON.stringify(row['datasets']).includes(`"${name}"`),
          ),
    );
    return { body };
  }

  private knows(asked: Asked): boolean {
    const named = (asked.query['filter'] ?? '').matchAll(/"relation":"(\w+)"/g);
    return [...named].every(([, name = '']) =>
      [...RELATIONS, ...this.relations].includes(name),
    );
  }

  private found({ where }: z.infer<typeof Filter>): Row[] {
    const { text, startDate, ...exact } = where;
    const sought = z.catch(z.string(), '').parse(text).toLowerCase();
    const [from, to] = z
      .catch(z.array(z.string()), [])
      .parse(valueAt(startDate, 'between'));
    return this.documents.filter(
      (row) =>
        Object.entries(exact).every(([key, value]) => row[key] === value) &&
        `${String(row['title'])} ${String(row['summary'])}`
          .toLowerCase()
          .includes(sought) &&
        (from === undefined || compare(row['startDate'], from) >= 0) &&
        (to === undefined || compare(row['startDate'], to) <= 0),
    );
  }
}
