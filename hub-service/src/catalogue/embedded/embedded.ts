import type {
  DataFile,
  Dataset,
  Experiment,
  ExperimentQuery,
  Filters,
  PartQuery,
} from '@beamtime/contract';
import {
  type AdapterPage,
  type Asking,
  type CatalogueAdapter,
  type Thumbnail,
} from '../adapter.js';
import type { EmbeddedConfig } from './config.js';
import { catalogueFile } from './database.js';
import { Feed } from './feed.js';
import type { Report } from './import/report.js';
import type { Answer, Question, Setting } from './protocol.js';
import { Thread } from './thread.js';
import { readThumbnail } from './thumbnail.js';
import { lookingAs } from './visible.js';

const STALE =
  'Experiments may be missing or out of date: the facility’s catalogue cannot be read at the moment. The admins of this hub see why.';

const ANSWERING = { stuckMs: 20_000, megabytes: 32 };
const IMPORTING = { stuckMs: 30 * 60_000, megabytes: 2_048 };

export interface EmbeddedOptions extends Pick<
  EmbeddedConfig,
  'label' | 'file' | 'sync'
> {
  source: string;
  /** Folder of the database. */
  stateDir: string;
  /** A data path outside these folders is left out. */
  dataRoots: readonly string[];
  now?: () => Date;
  /** How long a question waits for an import under way. */
  patienceMs?: number;
}

/** The catalogue that Beamtime keeps itself, for a site that has none. */
export class EmbeddedCatalogue implements CatalogueAdapter {
  readonly isLocal = true;
  readonly source: string;
  readonly label: string;
  private readonly setting: Setting;
  private readonly thread: Thread;
  private readonly feed: Feed;
  private readonly now: () => Date;
  private changed: () => void = () => undefined;

  constructor(private readonly options: EmbeddedOptions) {
    const { source, label, stateDir, dataRoots, patienceMs = 3_000 } = options;
    this.source = source;
    this.label = label;
    this.now = options.now ?? (() => new Date());
    this.setting = {
      file: catalogueFile(stateDir, source),
      source,
      dataRoots: [...dataRoots],
    };
    this.thread = new Thread(this.setting, ANSWERING);
    this.feed = new Feed(
      options,
      (from, leaveOut) => this.import(from, leaveOut),
      patienceMs,
      () => this.now().getTime(),
    );
  }

  get problems(): readonly string[] {
    return this.feed.problems;
  }

  onChange(changed: () => void): void {
    this.changed = changed;
  }

  /** Loads the site's files; waits for that only if there is nothing yet to show. */
  async start(): Promise<void> {
    const empty = (await this.thread.ask({ call: 'size' })) === 0;
    const first = this.feed.start();
    await (empty ? first : this.feed.refresh());
  }

  async experiments(
    asking: Asking,
    query: ExperimentQuery,
  ): Promise<AdapterPage<Experiment>> {
    const looking = await this.looking(asking);
    const page = await this.ask(asking, {
      call: 'experiments',
      looking,
      query,
    });
    return { ...page, ...(this.feed.stale && { problem: STALE }) };
  }

  async experiment(asking: Asking, id: string): Promise<Experiment | null> {
    const looking = await this.looking(asking);
    return this.ask(asking, { call: 'experiment', looking, id });
  }

  async datasets(
    asking: Asking,
    id: string,
    query: PartQuery,
  ): Promise<AdapterPage<Dataset> | null> {
    const looking = await this.looking(asking);
    return this.ask(asking, { call: 'datasets', looking, id, query });
  }

  async files(
    asking: Asking,
    id: string,
    dataset: string,
    query: PartQuery,
  ): Promise<AdapterPage<DataFile> | null> {
    const looking = await this.looking(asking);
    return this.ask(asking, { call: 'files', looking, id, dataset, query });
  }

  async filters(asking: Asking): Promise<Omit<Filters, 'problems'>> {
    const looking = await this.looking(asking);
    return this.ask(asking, { call: 'filters', looking });
  }

  async thumbnail(
    asking: Asking,
    id: string,
    dataset: string,
  ): Promise<Thumbnail | null> {
    const looking = await this.looking(asking);
    const path = await this.ask(asking, {
      call: 'thumbnail',
      looking,
      id,
      dataset,
    });
    return path === null ? null : readThumbnail(path, this.options.dataRoots);
  }

  async byDoi(asking: Asking, doi: string): Promise<string | null> {
    const looking = await this.looking(asking);
    return this.ask(asking, { call: 'byDoi', looking, doi });
  }

  async probe(signal: AbortSignal): Promise<{ version?: string }> {
    const size = await this.thread.ask({ call: 'size' }, signal);
    return { version: `${size.toLocaleString('en-US')} experiments` };
  }

  async close(): Promise<void> {
    this.feed.stop();
    await this.thread.close();
  }

  private async looking(asking: Asking) {
    await this.feed.refresh();
    return lookingAs(asking, this.now());
  }

  private ask<Q extends Question>(
    { signal }: Asking,
    question: Q,
  ): Promise<Answer<Q['call']>> {
    return this.thread.ask(question, signal);
  }

  /** In a thread of its own: questions are answered meanwhile, and its memory ends with it. */
  private async import(from: string, leaveOut: boolean): Promise<Report> {
    const loader = new Thread(this.setting, IMPORTING);
    try {
      const report = await loader.ask({
        call: 'import',
        from,
        dryRun: false,
        leaveOut,
      });
      if (report.done && report.changes.length > 0) {
        this.changed();
      }
      return report;
    } finally {
      await loader.close();
    }
  }
}
