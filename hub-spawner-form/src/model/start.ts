import {
  checkRequest,
  closedBecause,
  limitsOf,
  machinesOf,
  parseMemoryMiB,
  parseSlurmTime,
  gpusOf,
  type FormData as SessionForm,
  type Partition,
} from '@beamtime/contract';
import {
  findPartition,
  offeredMinutes,
  offeredShares,
  type Amount,
  type Choice,
} from './choice.js';
import type { GpuWish } from './shares.js';
import type { Wish } from './wish.js';

/** A morning's work: what is offered to somebody who has not started anything yet. */
const USUAL_MINUTES = 240;

/**
 * What is chosen when the form opens: what is wished for, else what was started last as
 * far as it still fits, else what is usual.
 *
 * @param wish - from a link or a refused request. Kept even where it cannot run: the
 *   person shall see it with the reason.
 */
export function startingChoice(form: SessionForm, wish: Wish): Choice {
  const { last } = form;
  const partition = wish.partition ?? startingPartition(form);
  const place = findPartition(form, partition);
  const size = startingSize(form, wish, partition);
  const choice: Choice = {
    experiments: wish.experiments ?? last?.experiments ?? [],
    environment: wish.environment_id ?? startingEnvironment(form),
    partition,
    amount: { kind: 'share', share: 'quarter' },
    gpus: size
      ? { number: size.ngpus ?? 0, type: size.gpu_type ?? '' }
      : usualGpus(form, place),
    minutes:
      minutesOf(wish) ??
      fittingMinutes(form, place, minutesOf(last) ?? USUAL_MINUTES),
    defaultUrl: wish.default_url,
  };
  return size?.nprocs === undefined
    ? choice
    : { ...choice, amount: amountOf(form, choice, size.nprocs, size.memory) };
}

/** The last one if it is open, else the first that is. */
function startingPartition({ cluster, last, unixGroups }: SessionForm): string {
  const open = cluster.partitions
    .filter((partition) => closedBecause(partition, unixGroups) === null)
    .map(({ name }) => name);
  return open.find((name) => name === last?.partition) ?? open[0] ?? '';
}

function startingEnvironment({ policy, last }: SessionForm): string {
  const offered = policy.environments.map(({ id }) => id);
  return offered.find((id) => id === last?.environment_id) ?? offered[0] ?? '';
}

/** Who says how much: the wish if it speaks of machines at all, else the last request there. */
function startingSize(
  form: SessionForm,
  wish: Wish,
  partition: string,
): Wish | null {
  if (wish.nprocs !== undefined || wish.partition !== undefined) {
    return wish;
  }
  const { last } = form;
  return last?.partition === partition && checkRequest(last, form).ok
    ? last
    : null;
}

function minutesOf(request: Wish | null): number | undefined {
  return request?.runtime === undefined
    ? undefined
    : (parseSlurmTime(request.runtime) ?? undefined);
}

/** Another partition, and what must change with it. Shares stay what they are. */
export function withPartition(
  form: SessionForm,
  choice: Choice,
  name: string,
): Choice {
  const partition = findPartition(form, name);
  const amount: Amount =
    choice.amount.kind === 'share'
      ? choice.amount
      : { kind: 'share', share: 'quarter' };
  return {
    ...choice,
    partition: name,
    amount,
    gpus:
      choice.gpus.number > 0
        ? fittingGpus(partition, choice.gpus)
        : usualGpus(form, partition),
    minutes: fittingMinutes(form, partition, choice.minutes),
  };
}

/** The share that is exactly this, or the numbers themselves. */
function amountOf(
  form: SessionForm,
  choice: Choice,
  cpus: number,
  memory: string | undefined,
): Amount {
  const share = offeredShares(form, choice).find(
    (offered) =>
      offered.cpus === cpus &&
      (memory === undefined || parseMemoryMiB(memory) === offered.memoryMiB),
  );
  return share
    ? { kind: 'share', share: share.name }
    : { kind: 'exact', cpus, memory };
}

/** The longest offer that is no longer than `minutes`, else the shortest one. */
function fittingMinutes(
  form: SessionForm,
  partition: Partition | undefined,
  minutes: number,
): number {
  const offered = offeredMinutes(form, partition);
  return (
    offered.filter((offer) => offer <= minutes).at(-1) ?? offered[0] ?? minutes
  );
}

/** As many of these GPUs as a machine of the partition has. */
function fittingGpus(
  partition: Partition | undefined,
  { number, type }: GpuWish,
): GpuWish {
  if (!partition) {
    return { number: 0, type: '' };
  }
  const limits = limitsOf(partition);
  const kept = limits.gpus.has(type) ? type : '';
  const most = kept === '' ? limits.gpusOfAnyType : limits.gpus.get(kept);
  return { number: Math.min(number, most ?? 0), type: kept };
}

/**
 * One GPU where all machines have some and elsewhere there are machines without: who goes
 * there wants one.
 */
function usualGpus(
  { cluster }: SessionForm,
  partition: Partition | undefined,
): GpuWish {
  const everywhere = (place: Partition) =>
    machinesOf(place).every((machine) => gpusOf(machine, '') > 0);
  const wanted =
    partition !== undefined &&
    machinesOf(partition).length > 0 &&
    everywhere(partition) &&
    !cluster.partitions.every(everywhere);
  return { number: wanted ? 1 : 0, type: '' };
}
