import {
  type Caller,
  type ClusterSnapshot,
  experimentKey,
  type SessionRequest,
  type SitePolicy,
} from '@beamtime/contract';
import type { Catalogue } from '../catalogue/catalogue.js';
import { resolveExperiments } from './experiments.js';

/** An earlier choice without what is gone since; `null` if its partition is. */
export async function stillPossible(
  { experiments, environment_id: id, ...rest }: SessionRequest,
  caller: Caller,
  { partitions }: ClusterSnapshot,
  { policy, catalogue }: { policy: SitePolicy; catalogue: Catalogue },
): Promise<SessionRequest | null> {
  if (
    partitions.length > 0 &&
    !partitions.some(({ name }) => name === rest.partition)
  ) {
    return null;
  }
  const { chosen } = await resolveExperiments(
    catalogue,
    caller,
    experiments ?? [],
  );
  const visible = chosen.map(({ ref }) => experimentKey(ref));
  const offered = policy.environments.some(
    (environment) => environment.id === id,
  );
  return {
    ...rest,
    ...(visible.length > 0 && { experiments: visible }),
    ...(id !== undefined && offered && { environment_id: id }),
  };
}
