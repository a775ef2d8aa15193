import {
  type Caller,
  type Experiment,
  experimentSlug,
  type FieldError,
  type SessionExperiment,
} from '@beamtime/contract';
import type { Catalogue } from '../catalogue/catalogue.js';

/** Finds what a session will see of each experiment, as this person may see it now. */
export async function resolveExperiments(
  catalogue: Catalogue,
  caller: Caller,
  keys: readonly string[],
): Promise<{
  experiments: SessionExperiment[];
  /** The same as the catalogue has them. */
  chosen: Experiment[];
  errors: FieldError[];
}> {
  const chosen: Experiment[] = [];
  const experiments: SessionExperiment[] = [];
  const errors: FieldError[] = [];
  const refuse = (message: string) =>
    errors.push({ field: 'experiments', message });
  for (const key of new Set(keys)) {
    const found = await catalogue.find(caller, key);
    if (!found) {
      refuse(
        `There is no experiment ${key} that you may see. Choose another, or ask the user office to add your account to its team.`,
      );
    } else if (found.dataPath === undefined) {
      refuse(
        `${found.proposal} has no data folder that sessions here can open. Leave it out, or ask its local contact.`,
      );
    } else {
      chosen.push(found);
      experiments.push({
        key,
        slug: freeSlug(found, experiments),
        title: found.title,
        dataPath: found.dataPath,
      });
    }
  }
  return { experiments, chosen, errors };
}

/** Two visits may have one name where the catalogue does not number them. */
function freeSlug(
  experiment: Experiment,
  taken: readonly SessionExperiment[],
): string {
  const plain = experimentSlug(experiment);
  let free = plain;
  for (let n = 2; taken.some((other) => other.slug === free); n++) {
    free = `${plain}-${n}`;
  }
  return free;
}
