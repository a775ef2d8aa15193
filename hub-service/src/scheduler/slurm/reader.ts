import type { ClusterFacts } from '../cluster.js';
import { type RunSlurm, runSlurm } from './command.js';
import { readSettings } from './records.js';
import { readCluster } from './slurm.js';

/**
 * How old an answer may be before Slurm is asked again, in milliseconds. With the snapshot's
 * own pace (nodes every 7.5 s) this makes twelve calls a minute: eight, two and two.
 */
const GOOD_FOR = {
  nodes: 0,
  partitions: 30_000,
  reservations: 30_000,
  config: 3_600_000,
};
type What = keyof typeof GOOD_FOR;

// Text and not `--json`, which costs the controller far more; `-a` because a hidden partition
// may be the one that a person's group uses.
const ARGUMENTS: Readonly<Record<What, readonly string[]>> = {
  nodes: ['-a', '-d', '-o', 'show', 'node'],
  partitions: ['-a', '-o', 'show', 'partition'],
  reservations: ['-o', 'show', 'reservation'],
  config: ['show', 'config'],
};

/** Asks Slurm for everything that a session's choices depend on, each thing as often as it changes. */
export class SlurmReader {
  private readonly answers = new Map<What, { at: number; text: string }>();

  /** @param now - milliseconds. */
  constructor(
    private readonly run: RunSlurm = runSlurm,
    private readonly now: () => number = Date.now,
  ) {}

  /** @throws {Error} with a sentence if Slurm does not answer. */
  async read(): Promise<ClusterFacts> {
    const [nodes, partitions, reservations, config] = await Promise.all([
      this.ask('nodes'),
      this.ask('partitions'),
      this.ask('reservations'),
      this.ask('config'),
    ]);
    return readCluster({ nodes, partitions, reservations, config });
  }

  /** Slurm's settings, for other readers; at most an hour old. */
  async settings(): Promise<ReadonlyMap<string, string>> {
    return readSettings(await this.ask('config'));
  }

  private async ask(what: What): Promise<string> {
    const known = this.answers.get(what);
    if (known && this.now() - known.at < GOOD_FOR[what]) {
      return known.text;
    }
    const at = this.now();
    const text = await this.run('scontrol', ARGUMENTS[what]);
    this.answers.set(what, { at, text });
    return text;
  }
}
