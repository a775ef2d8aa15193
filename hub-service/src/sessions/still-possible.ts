import type {
  Caller,
  ClusterSnapshot,
  SessionRequest,
  SitePolicy,
} from '@beamtime/contract';
import type { Catalogue } from '../catalogue/catalogue.js';

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
  const visible: string[] = [];
  for (const key of experiments ?? []) {
    if (await catalogue.find(caller, key)) {
      visible.push(key);
    }
  }
  const offered = policy.environments.some(
    (environment) => environment.id === id,
  );
  return {
    ...rest,
    ...(visible.length > 0 && { experiments: visible }),
    ...(id !== undefined && offered && { environment_id: id }),
  };
}
