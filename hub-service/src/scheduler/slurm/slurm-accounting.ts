import {
  QOS_COLUMNS,
  readAssociations,
  readQos,
  USER_COLUMNS,
} from './associations.js';
import {
  type Accounting,
  type AccountingSource,
  NO_ACCOUNTING,
} from '../accounting.js';
import { atMost } from '../../timing.js';
import type { RunSlurm } from './command.js';

/** An answer is good for this long, and for ever while the database is away. */
const GOOD_FOR_MS = 60_000;
/** How long a caller waits for the news; after that the old answer has to do, or none. */
const PATIENCE_MS = { known: 50, unknown: 1_000 };
/** People remembered at once; who was asked for the longest time ago is forgotten first. */
const MOST_PEOPLE = 2_000;

/** Nothing that sacctmgr would take for a list or another condition. */
const PLAIN_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.@+-]*$/;

interface Known<T> {
  value: T | null;
  askedAt: number;
  running: Promise<void> | null;
}

/** Asks `sacctmgr` what people may charge: once a minute for each, whoever asks. */
export class SlurmAccounting implements AccountingSource {
  private readonly people = new Map<string, Known<string>>();
  private readonly classes: Known<string> = fresh();

  /**
   * @param settings - Slurm's configuration.
   * @param now - milliseconds.
   */
  constructor(
    private readonly run: RunSlurm,
    private readonly settings: () => Promise<ReadonlyMap<string, string>>,
    private readonly now: () => number = Date.now,
  ) {}

  async of(person: string): Promise<Accounting> {
    const settings = await this.settings().catch(() => null);
    const storage = settings?.get('AccountingStorageType') ?? 'none';
    if (!storage.includes('slurmdbd') || !PLAIN_NAME.test(person)) {
      return NO_ACCOUNTING;
    }
    const [lines, classes] = await Promise.all([
      this.ask(this.person(person), [
        'user',
        'withassoc',
        'where',
        `name=${person}`,
        `format=${USER_COLUMNS}`,
      ]),
      this.ask(this.classes, ['qos', `format=${QOS_COLUMNS}`]),
    ]);
    if (lines === null) {
      return NO_ACCOUNTING;
    }
    const cluster = settings?.get('ClusterName') ?? '';
    const associations = readAssociations(lines, person, cluster);
    const named = new Set(associations.flatMap(({ qos }) => qos));
    return {
      associations,
      qos: readQos(classes ?? '').filter(({ name }) => named.has(name)),
    };
  }

  private person(name: string): Known<string> {
    const known = this.people.get(name) ?? fresh();
    this.people.delete(name);
    this.people.set(name, known);
    const [oldest] = this.people.keys();
    if (this.people.size > MOST_PEOPLE && oldest !== undefined) {
      this.people.delete(oldest);
    }
    return known;
  }

  private async ask(
    known: Known<string>,
    what: readonly string[],
  ): Promise<string | null> {
    if (known.running === null && this.now() - known.askedAt >= GOOD_FOR_MS) {
      known.askedAt = this.now();
      known.running = this.run('sacctmgr', [
        '--noheader',
        '--parsable2',
        '--readonly',
        'show',
        ...what,
      ])
        .then((text) => {
          known.value = text;
        })
        // A database that is away is no reason not to start: Slurm itself decides then.
        .catch(() => undefined)
        .finally(() => {
          known.running = null;
        });
    }
    if (known.running) {
      const { known: old, unknown } = PATIENCE_MS;
      await atMost(known.value === null ? unknown : old, known.running);
    }
    return known.value;
  }
}

function fresh(): Known<string> {
  return { value: null, askedAt: -Infinity, running: null };
}
