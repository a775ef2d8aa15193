import { checkCharge } from './accounts.js';
import type { Partition } from './cluster.js';
import type { RuleContext } from './context.js';
import { gpusOf, machinesOf } from './limits.js';
import { checkReservation } from './reservations.js';
import type { SessionRequest } from './session.js';
import { situationOf } from './site-limits.js';
import { decidedBy } from './site-rules.js';

const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.+@-]{0,99}$/;

/**
 * Fills in what the site's rules give to a session of this experiment: a type of GPU, an
 * account and a reservation, each only if the person has named none and Slurm would take it.
 */
export function withSiteDefaults(
  request: SessionRequest,
  partition: Partition,
  minutes: number | undefined,
  context: RuleContext,
): SessionRequest {
  const rules = context.policy?.rules ?? [];
  const situation = situationOf(request, context);
  const filled = { ...request };
  if ((request.ngpus ?? 0) > 0 && (request.gpu_type ?? '') === '') {
    const type = decidedBy('gpuType', rules, situation);
    if (
      type !== undefined &&
      machinesOf(partition).some((machine) => gpusOf(machine, type) > 0)
    ) {
      filled.gpu_type = type;
    }
  }
  if (request.account === undefined) {
    const account = fill(
      decidedBy('account', rules, situation),
      context,
    )?.toLowerCase();
    if (
      account !== undefined &&
      checkCharge({ ...request, account }, partition, context).errors.length ===
        0
    ) {
      filled.account = account;
    }
  }
  if (request.reservation === undefined) {
    const reservation = fill(
      decidedBy('reservation', rules, situation),
      context,
    );
    if (
      reservation !== undefined &&
      checkReservation({ ...request, reservation }, minutes, context).errors
        .length === 0
    ) {
      filled.reservation = reservation;
    }
  }
  return filled;
}

function fill(
  template: string | undefined,
  { chosen: [first] = [] }: RuleContext,
): string | undefined {
  if (template === undefined || (template.includes('{') && !first)) {
    return undefined;
  }
  const name = template
    .replaceAll('{proposal}', first?.proposal ?? '')
    .replaceAll('{instrument}', first?.instrument.name ?? '');
  return NAME.test(name) ? name : undefined;
}
