import type { PublicPolicy, SitePolicy } from '@beamtime/contract';

/** What a browser may know of the policy: no paths, no modules. */
export function toPublic(policy: SitePolicy): PublicPolicy {
  return {
    environments: policy.environments.map(({ id, name, description }) => ({
      id,
      name,
      description,
    })),
    partitions: policy.partitions,
    durations: policy.durations,
  };
}
