import type { BesideFile, LineExtremes } from './beside/client.js';
import { costOf, isLargePicture, isWasteful } from './beside/cost.js';
import type { Cost } from './beside/cost.js';
import { hedge } from './beside/hedge.js';
import { NotBeside } from './beside/schema.js';
import type { Connection } from './connection.js';
import type {
  DatasetDescription,
  EntityDescription,
} from './worker/protocol.js';

/** How long a server that is busy is waited for before the worker is asked too, ms. */
const PATIENCE = 4000;

/** Rows and columns of a reduced picture at most. */
const REDUCED = 512;

export interface ValueOptions {
  /** Nobody waits for it yet. */
  ahead?: boolean;
  signal?: AbortSignal | undefined;
}

/**
 * Reads a file where it costs least: in the worker by byte ranges, or beside the data, if
 * the server can do that. Whatever fails there is read in the worker, which says why it
 * cannot be.
 */
export class Reader {
  private askedRoot: Promise<EntityDescription> | null = null;
  /** What came along with the top, until it is asked for. */
  private readonly alongside = new Map<string, EntityDescription>();
  private readonly datasets = new Map<string, DatasetDescription>();

  /** Values of attributes that came along, by path and name. */
  private readonly values = new Map<string, Map<string, unknown>>();

  constructor(
    private readonly worker: Pick<Connection, 'ask'>,
    private readonly beside: BesideFile,
  ) {}

  /** Forgets what is known of the file: it has changed. */
  forget(): void {
    this.askedRoot = null;
    this.alongside.clear();
    this.datasets.clear();
    this.values.clear();
  }

  /** What stands at the top, asked beside the data alone: the worker may not be ready. */
  root(): Promise<EntityDescription> {
    return (this.askedRoot ??= this.askRoot());
  }

  async entity(path: string): Promise<EntityDescription> {
    const entity = await hedge(
      () => this.entityBeside(path),
      () => this.worker.ask('entity', { path }),
      PATIENCE,
    );
    const children = entity.kind === 'group' ? (entity.children ?? []) : [];
    [entity, ...children].forEach((each) => this.remember(each));
    return entity;
  }

  /** Paths below a group, at any depth. */
  paths(path: string): Promise<string[]> {
    return hedge(
      () => this.beside.paths(path),
      () => this.worker.ask('paths', { path }),
      PATIENCE,
    );
  }

  async attributes(
    path: string,
    names: readonly string[],
  ): Promise<Record<string, unknown>> {
    const known = this.values.get(path);
    return names.every((name) => known?.has(name))
      ? Object.fromEntries(names.map((name) => [name, known?.get(name)]))
      : this.worker.ask('attributes', { path, names });
  }

  /** @param selection - An index or `:` for each axis, with commas; null for all. */
  async value(
    path: string,
    selection: string | null,
    { ahead = false, signal }: ValueOptions = {},
  ): Promise<unknown> {
    if (this.isBetterBeside(path, selection)) {
      try {
        return await this.beside.value(path, selection, signal);
      } catch {
        // The worker is asked, and says it if the signal has fired.
      }
    }
    return this.worker.ask('value', { path, selection, ahead }, signal);
  }

  /** Names of the files that a virtual dataset is made of and that are not there. */
  missing(path: string): Promise<string[]> {
    const isVirtual = (this.datasets.get(path)?.sources.length ?? 0) > 0;
    return isVirtual
      ? this.worker.ask('missing', { path })
      : Promise.resolve([]);
  }

  /** What reading takes; null if nothing is known of the dataset. */
  cost(path: string, selection: string | null): Cost | null {
    const dataset = this.datasets.get(path);
    return dataset === undefined ? null : costOf(dataset, selection);
  }

  /** The least and the greatest of each of `points` parts of a line; only beside the data. */
  line(
    path: string,
    selection: string | null,
    range: readonly [number, number],
    points: number,
    signal: AbortSignal,
  ): Promise<LineExtremes> {
    return this.beside.line(path, selection, range, points, signal);
  }

  /** The picture with fewer rows and columns, enlarged to its size. Fails where it cannot be had. */
  reducedPicture(
    path: string,
    selection: string,
    signal?: AbortSignal,
  ): Promise<unknown> {
    return this.beside.picture(path, selection, REDUCED, signal);
  }

  private async askRoot(): Promise<EntityDescription> {
    const [root, ...others] = await this.beside.opening();
    if (root === undefined) {
      throw new NotBeside('nothing');
    }
    others.forEach((entity) => this.alongside.set(entity.path, entity));
    return root;
  }

  private entityBeside(path: string): Promise<EntityDescription> {
    if (path === '/') {
      return this.root();
    }
    const known = this.alongside.get(path);
    this.alongside.delete(path);
    return known ? Promise.resolve(known) : this.beside.entity(path);
  }

  private remember(entity: EntityDescription): void {
    const { path, attributes } = entity;
    if (entity.kind === 'dataset') {
      this.datasets.set(path, entity);
    }
    const known = attributes.filter(({ value }) => value !== undefined);
    if (known.length > 0) {
      this.values.set(
        path,
        new Map(known.map(({ name, value }) => [name, value])),
      );
    }
  }

  private isBetterBeside(
    path: string,
    selection: string | null,
  ): selection is string {
    const dataset = this.datasets.get(path);
    if (dataset === undefined || selection?.includes(':') !== true) {
      return false;
    }
    const cost = costOf(dataset, selection);
    // What is not compressed has as many bytes from there, and can be given up on the way.
    const isPlain =
      dataset.filters.length === 0 && dataset.sources.length === 0;
    return isWasteful(cost) || (isPlain && isLargePicture(cost, selection));
  }
}
