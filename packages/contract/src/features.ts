import type { Partition } from './cluster.js';
import type { FieldError } from './session.js';

/** Slurm's own spelling of a constraint: `a,b` means `a&b`. */
export function spellConstraint(constraint: string): string {
  return constraint.replaceAll(',', '&');
}

/** Whether a machine of these features will do. Read from left to right, as Slurm does. */
export function hasFeatures(
  features: readonly string[],
  constraint: string,
): boolean {
  const [first = '', ...rest] = spellConstraint(constraint).split(/([&|])/);
  let fits = features.includes(first);
  for (let at = 0; at < rest.length; at += 2) {
    const has = features.includes(rest[at + 1] ?? '');
    fits = rest[at] === '&' ? fits && has : fits || has;
  }
  return fits;
}

/** What is wrong with asking this partition for these features, or `null`. */
export function checkConstraint(
  constraint: string,
  { name, nodes }: Partition,
): FieldError | null {
  const usable = nodes.filter((node) => node.usable);
  if (usable.some((node) => hasFeatures(node.features, constraint))) {
    return null;
  }
  const offered = [...new Set(usable.flatMap(({ features }) => features))];
  return {
    field: 'constraint',
    message: `No machine of ${name} has ${JSON.stringify(constraint)}. ${
      offered.length === 0
        ? 'Its machines have no features: ask for none.'
        : `Features of its machines: ${offered.sort().join(', ')}.`
    }`,
  };
}
