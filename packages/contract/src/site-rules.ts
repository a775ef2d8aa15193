import type { SiteRule } from './policy.js';
import type { Caller } from './session.js';

/** The rules that speak of this person, without the groups that they were found by. */
export function rulesFor(
  rules: readonly SiteRule[],
  { admin, groups }: Pick<Caller, 'admin' | 'groups'>,
): SiteRule[] {
  const own = new Set(admin ? [...groups, 'admin'] : groups);
  return rules
    .filter((rule) => rule.groups?.some((group) => own.has(group)) ?? true)
    .map((rule) => {
      const rest = { ...rule };
      delete rest.groups;
      return rest;
    });
}

/** What a rule must match besides the person. */
export interface Situation {
  partition: string;
  /** Names of the instruments of the chosen experiments. */
  instruments: readonly string[];
}

/** Says a thing for a session: the first of the rules that speak of it and say anything about it. */
export function decidedBy<Key extends keyof SiteRule>(
  key: Key,
  rules: readonly SiteRule[],
  { partition, instruments }: Situation,
): SiteRule[Key] | undefined {
  return rules.find(
    (rule) =>
      rule[key] !== undefined &&
      (rule.partitions?.includes(partition) ?? true) &&
      (rule.instruments?.some((name) => instruments.includes(name)) ?? true),
  )?.[key];
}
