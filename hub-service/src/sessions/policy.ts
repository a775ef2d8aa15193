import {
  type Caller,
  PublicEnvironment,
  type PublicPolicy,
  rulesFor,
  type SitePolicy,
} from '@beamtime/contract';

/** What this person's browser may know of the policy: no paths, no modules, no others' rules. */
export function toPublic(policy: SitePolicy, caller: Caller): PublicPolicy {
  return {
    // The schema leaves out what it does not name.
    environments: policy.environments.map((environment) =>
      PublicEnvironment.parse(environment),
    ),
    partitions: policy.partitions,
    durations: policy.durations,
    allow: policy.allow,
    rules: rulesFor(policy.rules, caller),
  };
}
