import {
  type Caller,
  type Experiment,
  experimentSlug,
  type FieldError,
  type SessionExperiment,
} from '@beamtime/contract';
import type { Catalogue } from '../catalogue/catalogue.js';
import { Refusal } from '../refusal.js';

/** The hub waits two seconds for a plan: a catalogue that is slower is said to be. */
const DEADLINE_MS = 1_700;

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
  const looked = await Promise.all(
    [...new Set(keys)].map(async (key) => ({
      key,
      found: await lookFor(catalogue, caller, key),
    })),
  );
  for (const { key, found } of looked) {
    if (found instanceof Refusal) {
      refuse(
        `${key} cannot be added now: ${found.message} Or leave it out: you can add it once the session runs.`,
      );
    } else if (!found) {
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

/** Always as the catalogue has it now; or why it cannot tell. */
async function lookFor(
  catalogue: Catalogue,
  caller: Caller,
  key: string,
): Promise<Experiment | Refusal | null> {
  try {
    return await catalogue.find(caller, key, DEADLINE_MS);
  } catch (error) {
    if (error instanceof Refusal) {
      return error;
    }
    throw error;
  }
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
