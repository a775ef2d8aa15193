import {
  asSeenBy,
  type Caller,
  type ClusterSnapshot,
  rulesFor,
  type RuleContext,
  type SitePolicy,
} from '@beamtime/contract';
import { Refusal } from '../refusal.js';
import type { Accounting, AccountingSource } from '../scheduler/accounting.js';
import type { Cluster } from '../scheduler/cluster.js';

/** The cluster and the accounts as a person sees them. */
export type View = Accounting & { cluster: ClusterSnapshot };

/** Puts together what the rules need to know of a person. */
export class World {
  constructor(
    readonly policy: SitePolicy,
    private readonly cluster: Cluster,
    private readonly accounting: AccountingSource,
  ) {}

  /** @throws {Refusal} `unavailable` if the scheduler has never answered. */
  async seenBy(caller: Caller): Promise<View> {
    const [cluster, accounting] = await Promise.all([
      this.cluster.snapshot(),
      this.accounting.of(caller.name),
    ]);
    return this.view(cluster, accounting, caller);
  }

  /** The same for the form, which is drawn even when the scheduler has never answered. */
  async seenByForm(caller: Caller): Promise<View> {
    const [cluster, accounting] = await Promise.all([
      this.clusterOrProblem(),
      this.accounting.of(caller.name),
    ]);
    return this.view(cluster, accounting, caller);
  }

  /** @throws {Refusal} `unavailable` if the scheduler is away. */
  async mustAnswer(): Promise<void> {
    await this.cluster.mustAnswer();
  }

  rules(
    { cluster, associations, qos }: View,
    caller: Caller,
    chosen: NonNullable<RuleContext['chosen']>,
  ): RuleContext {
    const { allow, rules, environments } = this.policy;
    return {
      cluster,
      associations,
      qos,
      unixGroups: caller.unixGroups,
      policy: { allow, environments, rules: rulesFor(rules, caller) },
      chosen,
    };
  }

  private view(
    { partitions, ...cluster }: ClusterSnapshot,
    accounting: Accounting,
    { name, unixGroups }: Caller,
  ): View {
    const { associations } = accounting;
    const { onlyPartitions: only } = this.policy;
    const offered = partitions.filter(
      (partition) => only?.includes(partition.name) ?? true,
    );
    return {
      ...accounting,
      cluster: asSeenBy(
        { ...cluster, partitions: offered },
        { name, unixGroups, associations },
      ),
    };
  }

  private async clusterOrProblem(): Promise<ClusterSnapshot> {
    try {
      return await this.cluster.snapshot();
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      return {
        kind: this.cluster.kind,
        asOf: new Date().toISOString(),
        problem: error.message,
        partitions: [],
        reservations: [],
      };
    }
  }
}
