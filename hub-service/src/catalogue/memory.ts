import type {
  DataFile,
  Dataset,
  Experiment,
  Filters,
} from '@beamtime/contract';
import type { AdapterPage, Thumbnail } from './adapter.js';
import { Answers } from './answers.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const MIB = 1024 * 1024;

/** What one source has answered, by kind of question; about 40 MiB when full. */
export class Memory {
  readonly experiments: Answers<AdapterPage<Experiment>>;
  readonly datasets: Answers<AdapterPage<Dataset>>;
  readonly files: Answers<AdapterPage<DataFile>>;
  readonly thumbnails: Answers<Thumbnail>;
  readonly filters: Answers<Omit<Filters, 'problems'>>;

  /** @param now - milliseconds. */
  constructor(now: () => number) {
    this.experiments = new Answers(MINUTE_MS, 16 * MIB, now);
    this.datasets = new Answers(MINUTE_MS, 8 * MIB, now);
    this.files = new Answers(MINUTE_MS, 8 * MIB, now);
    this.thumbnails = new Answers(MINUTE_MS, 8 * MIB, now);
    this.filters = new Answers(HOUR_MS, 2 * MIB, now);
  }

  /** @param user - whose answers; everybody's if absent. */
  forget(user?: string): void {
    this.experiments.forget(user);
    this.datasets.forget(user);
    this.files.forget(user);
    this.thumbnails.forget(user);
    this.filters.forget(user);
  }
}
