import type { Association, Qos } from './accounting.js';
import type { ClusterSnapshot } from './cluster.js';
import type { Experiment } from './experiment.js';
import type { PublicPolicy } from './policy.js';

/**
 * What the rules need to know besides the request. What is left out is not judged; a
 * `FormData` is one as it is.
 */
export interface RuleContext {
  /** As the person sees it; see `asSeenBy`. */
  cluster: ClusterSnapshot;
  /** The person's groups on the cluster; `null` where the scheduler knows no groups. */
  unixGroups: readonly string[] | null;
  /** What the person may charge; `null` where the scheduler keeps no accounts. */
  associations?: readonly Association[] | null;
  qos?: readonly Qos[];
  /** What the site decided, of what speaks of this person. */
  policy?: Pick<PublicPolicy, 'allow' | 'rules' | 'environments'>;
  /** The experiments that were chosen. */
  chosen?: readonly Pick<Experiment, 'proposal' | 'instrument'>[];
  /** Now, in milliseconds; for tests. */
  now?: number;
}
