import type { Asking } from '../adapter.js';
import { Rows, readRows } from '../http/rows.js';
import type { HttpSource } from '../http/source.js';
import { Instrument } from './records.js';

const KEPT_MS = 10 * 60_000;

/** The names of the instruments, which every proposal has by id: open to all, and kept a while. */
export class InstrumentNames {
  private kept: { rows: readonly Instrument[]; until: number } | null = null;

  constructor(
    private readonly http: HttpSource,
    private readonly now: () => number = Date.now,
  ) {}

  async all({
    signal,
  }: Pick<Asking, 'signal'>): Promise<readonly Instrument[]> {
    if (this.kept && this.now() < this.kept.until) {
      return this.kept.rows;
    }
    const rows = await this.http.getJson('v3/instruments', { signal }, Rows);
    const { items } = readRows(rows, Instrument, (row) => row);
    this.kept = { rows: items, until: this.now() + KEPT_MS };
    return items;
  }
}
