import type { Experiment, ExperimentQuery } from '@beamtime/contract';
import {
  type AdapterPage,
  type Asking,
  type CatalogueAdapter,
  SourceError,
} from '../catalogue/adapter.js';

/** A source of the test's own: rows in its order, a page size of its own, faults at will. */
export class InMemorySource implements CatalogueAdapter {
  readonly label: string;
  readonly problems: readonly string[] = [];
  rows: Experiment[] = [];
  /** Fewer than asked for are given at a time, as some catalogues do. */
  most = Infinity;
  total: 'known' | 'unknown' = 'known';
  /** What the next questions meet. */
  fault: SourceError | Error | 'hang' | null = null;
  leftOut = 0;
  /** Everything it was asked, with who asked. */
  readonly asked: string[] = [];
  readonly forgotten: string[] = [];
  changed: () => void = () => undefined;
  wantsToken = false;
  byDoi?: NonNullable<CatalogueAdapter['byDoi']>;

  constructor(
    readonly source: string,
    readonly isLocal = false,
  ) {
    this.label = `The ${source} catalogue`;
  }

  async experiments(
    asking: Asking,
    query: ExperimentQuery,
  ): Promise<AdapterPage<Experiment>> {
    await this.ready(asking, `experiments ${query.cursor ?? ''}`);
    const limit = Math.min(query.limit ?? 50, this.most);
    const seen = this.visible(asking);
    const start = Number(query.cursor ?? '0');
    const items = seen.slice(start, start + limit);
    return {
      items,
      ...(start + limit < seen.length && { next: String(start + limit) }),
      ...(this.total === 'known' && { total: seen.length }),
      ...(this.leftOut > 0 && { leftOut: this.leftOut }),
    };
  }

  async experiment(asking: Asking, id: string): Promise<Experiment | null> {
    await this.ready(asking, `experiment ${id}`);
    return this.visible(asking).find(({ ref }) => ref.id === id) ?? null;
  }

  async datasets(asking: Asking, id: string) {
    await this.ready(asking, `datasets ${id}`);
    return this.visible(asking).some(({ ref }) => ref.id === id)
      ? { items: [] }
      : null;
  }

  async files(asking: Asking, id: string) {
    await this.ready(asking, `files ${id}`);
    return this.visible(asking).some(({ ref }) => ref.id === id)
      ? { items: [] }
      : null;
  }

  async filters(asking: Asking) {
    await this.ready(asking, 'filters');
    const names = new Set(this.rows.map(({ instrument }) => instrument.name));
    return {
      instruments: [...names].map((name) => ({ name })),
      cycles: [`${this.source}-1`],
      years: [2025, 2026],
    };
  }

  async probe(): Promise<{ version?: string }> {
    await Promise.resolve();
    return {};
  }

  onChange(changed: () => void): void {
    this.changed = changed;
  }

  forget(user: string): void {
    this.forgotten.push(user);
  }

  /** The team is the people's logins; nobody in it: everybody may see it. */
  private visible({ viewer, staffOf }: Asking): Experiment[] {
    return this.rows.filter(
      ({ people, instrument }) =>
        people.length === 0 ||
        staffOf === 'all' ||
        staffOf.includes(instrument.name) ||
        people.some(({ login }) => login === viewer?.name),
    );
  }

  private async ready(asking: Asking, what: string): Promise<void> {
    this.asked.push(`${asking.viewer?.name ?? 'nobody'} ${what}`.trim());
    if (this.wantsToken) {
      await asking.token();
    }
    if (this.fault === 'hang') {
      await new Promise<never>(() => undefined);
    } else if (this.fault) {
      throw this.fault;
    }
  }
}

/** An experiment, of which a test says what matters to it. */
export function experiment(
  source: string,
  id: string,
  more: Partial<Experiment> & { team?: string[] } = {},
): Experiment {
  const { team = [], ...rest } = more;
  return {
    ref: { source, id },
    proposal: `P-${id}`,
    title: `Experiment ${id}`,
    instrument: { name: 'BX11' },
    visibility: team.length > 0 ? 'member' : 'public',
    people: team.map((login) => ({
      name: login,
      login,
      role: 'member',
      pids: [],
    })),
    pids: [],
    ...rest,
  };
}

export const refused = new SourceError(
  'unavailable',
  'The source cannot be reached (ECONNREFUSED). Try again in a minute.',
);
