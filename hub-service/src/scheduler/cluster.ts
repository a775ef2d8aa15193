import type { ClusterSnapshot } from '@beamtime/contract';

/** What the scheduler says of itself, at one moment. */
export type ClusterFacts = Pick<ClusterSnapshot, 'partitions' | 'reservations'>;

/** What runs the sessions. One for the whole service, whoever asks. */
export interface Cluster {
  readonly kind: ClusterSnapshot['kind'];
  /**
   * The cluster as it was a few seconds ago. Answers within two seconds: while the
   * scheduler is away with what it said before, and `problem`.
   *
   * @throws {Refusal} `unavailable` if it has never answered.
   */
  snapshot(): Promise<ClusterSnapshot>;
  /**
   * Whether anything can be started now, as far as the last question told.
   *
   * @throws {Refusal} `unavailable`, with what the scheduler said, if it is away.
   */
  mustAnswer(): Promise<void>;
}
