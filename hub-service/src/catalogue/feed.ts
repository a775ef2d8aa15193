import type {
  Experiment,
  ExperimentQuery,
  SourceProblem,
} from '@beamtime/contract';
import type { AdapterPage, Viewer } from './adapter.js';
import type { Answers } from './answers.js';
import type { Place } from './cursor.js';
import { partly, rowsLeftOut } from './problems.js';
import type { Reply, Source } from './source.js';

/** One source's rows, in its order, on their way into a merged page. */
export class Feed {
  readonly problems: SourceProblem[] = [];
  /** Whether the source could not give its next rows. */
  failed = false;
  total: number | undefined;
  /** When its oldest part was asked for, in milliseconds. */
  askedAt: number | undefined;
  private rows: readonly Experiment[] = [];
  private used = 0;
  private next: string | undefined;
  private filled = false;

  constructor(
    readonly source: Source,
    private readonly asked: {
      viewer: Viewer;
      query: ExperimentQuery;
      answers: Answers<AdapterPage<Experiment>>;
    },
    private place: Place,
  ) {}

  /** The next row, if it is here. */
  get head(): Experiment | undefined {
    return this.rows[this.used];
  }

  /** Whether the next row has to be asked for. */
  get isDry(): boolean {
    return (
      !this.failed &&
      this.head === undefined &&
      (!this.filled || this.next !== undefined)
    );
  }

  /** Where the following page goes on; `null` when the source has told all. */
  get rest(): Place | null {
    if (this.head === undefined && this.filled && !this.failed) {
      return this.next === undefined ? null : { cursor: this.next, used: 0 };
    }
    const last = this.rows[this.used - 1]?.ref.id;
    return {
      ...this.place,
      used: this.used,
      ...(last !== undefined && { last }),
    };
  }

  take(): void {
    this.used += 1;
  }

  /** Asks for the next part. After `over` the source has failed. */
  async fill(over?: Promise<void>): Promise<void> {
    const place: Place =
      this.next === undefined ? this.place : { cursor: this.next, used: 0 };
    const reply = await this.ask(place.cursor, over);
    this.place = place;
    if (!reply.ok) {
      this.failed = true;
      this.rows = [];
      this.used = place.used;
      this.problems.push(reply.problem);
      return;
    }
    const { value, askedAt, problems } = reply;
    this.rows = value.items;
    this.used = usedOf(place, value.items);
    this.next = value.next;
    this.total ??= value.total;
    this.filled = true;
    this.askedAt = Math.min(this.askedAt ?? askedAt, askedAt);
    this.problems.push(...problems, ...this.ownProblems(value, askedAt));
  }

  private async ask(
    cursor: string | undefined,
    over: Promise<void> | undefined,
  ): Promise<Reply<AdapterPage<Experiment>>> {
    const { viewer, query, answers } = this.asked;
    const { adapter } = this.source;
    const part: ExperimentQuery = { ...query };
    delete part.cursor;
    if (cursor !== undefined) {
      part.cursor = cursor;
    }
    const reply = await this.source.reply(viewer, {
      question: Object.entries(part).sort(),
      answers,
      ask: (asking) => adapter.experiments(asking, part),
      ...(over && { over }),
    });
    if (reply === null) {
      throw new TypeError('A list of experiments is never null.');
    }
    return reply;
  }

  private ownProblems(
    { problem, problemKind, leftOut = 0 }: AdapterPage<Experiment>,
    askedAt: number,
  ): SourceProblem[] {
    return [
      ...(problem === undefined
        ? []
        : [partly(this.source, problem, askedAt, problemKind)]),
      ...(leftOut === 0
        ? []
        : [rowsLeftOut(this.source, leftOut, 'experiments', askedAt)]),
    ];
  }
}

/** How many rows of a part are on earlier pages, as the source tells the part now. */
function usedOf({ used, last }: Place, rows: readonly Experiment[]): number {
  const at = rows.findIndex(({ ref }) => ref.id === last);
  return at >= 0 ? at + 1 : Math.min(used, rows.length);
}
