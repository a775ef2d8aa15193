import {
  closedBecause,
  experimentKey,
  type FormData as SessionForm,
  type Partition,
  type RuleContext,
} from '@beamtime/contract';
import type { Choice } from './choice.js';

/** What the rules judge a choice by: the form's data and the chosen experiments. */
export function contextOf(
  form: SessionForm,
  { experiments }: Pick<Choice, 'experiments'>,
): RuleContext {
  return {
    ...form,
    chosen: form.experiments.items.filter(({ ref }) =>
      experiments.includes(experimentKey(ref)),
    ),
  };
}

/** Why no session of this choice can go to a partition, or `null` if one can. */
export function closedFor(
  form: SessionForm,
  choice: Pick<Choice, 'experiments'>,
  partition: Partition,
): string | null {
  return closedBecause(partition, form.unixGroups, contextOf(form, choice));
}
