import {
  checkRequest,
  formatSlurmTime,
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
  NOTHING_SPECIAL,
  offeredMinutes,
  offeredShares,
  OWN,
  type Amount,
  type Choice,
} from './choice.js';
import { closedFor, contextOf } from './context.js';
import { readOpening } from './opening.js';
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
  const last = stillThere(form);
  const partition = wish.partition ?? startingPartition(form);
  const place = findPartition(form, partition);
  const size = startingSize(form, last, wish, partition);
  const runtime = wish.runtime ?? fittingTime(form, place, last?.runtime);
  // A wish that says how much is whole; else it is put upon the last choice.
  const extras: Wish = size === wish ? wish : { ...size, ...defined(wish) };
  const choice: Choice = {
    ...NOTHING_SPECIAL,
    ...specialsOf(extras),
    experiments: wish.experiments ?? last?.experiments ?? [],
    ...softwareOf(form, wish),
    partition,
    amount: { kind: 'share', share: 'quarter' },
    gpus: size
      ? { number: size.ngpus ?? 0, type: size.gpu_type ?? '' }
      : usualGpus(form, place),
    runtime,
    opening: readOpening(extras.default_url),
  };
  return size?.nprocs === undefined
    ? choice
    : { ...choice, amount: amountOf(form, choice, size.nprocs, size.memory) };
}

/** A whole request as a choice, for a preset: nothing of what was chosen before is left. */
export function choiceOf(form: SessionForm, request: Wish): Choice {
  return startingChoice({ ...form, last: null }, request);
}

function specialsOf(wish: Wish): Partial<Choice> {
  return {
    account: wish.account ?? '',
    qos: wish.qos ?? '',
    reservation: wish.reservation ?? '',
    constraint: wish.constraint ?? '',
    exclusive: wish.exclusive ?? false,
    classic: wish.interface === 'notebook',
    rootDir: wish.root_dir ?? '',
    keepLog: wish.output ?? false,
    options: wish.options ?? '',
  };
}

function softwareOf(
  form: SessionForm,
  wish: Wish,
): Pick<Choice, 'environment' | 'ownName' | 'ownPath' | 'ownModules'> {
  const isOwn = (some: Wish | null) =>
    some?.environment_path !== undefined ||
    some?.environment_modules !== undefined;
  const own = isOwn(wish)
    ? wish
    : wish.environment_id === undefined && isOwn(form.last)
      ? form.last
      : null;
  return {
    environment: own ? OWN : (wish.environment_id ?? startingEnvironment(form)),
    ownName: own?.environment_name ?? '',
    ownPath: own?.environment_path ?? '',
    ownModules: own?.environment_modules?.join(' ') ?? '',
  };
}

/** The last one if it is open, else the cluster's default if it is, else the first that is. */
function startingPartition(form: SessionForm): string {
  const { last } = form;
  const experiments = last?.experiments ?? [];
  const open = form.cluster.partitions.filter(
    (partition) => closedFor(form, { experiments }, partition) === null,
  );
  return (
    open.find(({ name }) => name === last?.partition) ??
    open.find(({ isDefault }) => isDefault) ??
    open[0] ?? { name: '' }
  ).name;
}

function startingEnvironment({ policy, last }: SessionForm): string {
  const offered = policy.environments.map(({ id }) => id);
  return offered.find((id) => id === last?.environment_id) ?? offered[0] ?? '';
}

/** Who says how much: the wish if it speaks of machines at all, else the last request there. */
function startingSize(
  form: SessionForm,
  last: SessionForm['last'],
  wish: Wish,
  partition: string,
): Wish | null {
  if (wish.nprocs !== undefined || wish.partition !== undefined) {
    return wish;
  }
  return last?.partition === partition &&
    checkRequest(last, contextOf(form, { experiments: last.experiments ?? [] }))
      .ok
    ? last
    : null;
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
    runtime: fittingTime(form, partition, choice.runtime),
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
    : { kind: 'exact', cpus: String(cpus), memory: memory ?? '' };
}

/** The time if it fits; else the longest offer that is no longer, else the shortest one. */
function fittingTime(
  form: SessionForm,
  partition: Partition | undefined,
  runtime: string | undefined,
): string {
  const asked = runtime === undefined ? null : parseSlurmTime(runtime);
  const limit = partition && limitsOf(partition).minutes;
  if (asked != null && asked <= (limit ?? Infinity)) {
    return formatSlurmTime(asked);
  }
  const minutes = asked ?? USUAL_MINUTES;
  const offered = offeredMinutes(form, partition);
  const fitting =
    offered.filter((offer) => offer <= minutes).at(-1) ?? offered[0] ?? minutes;
  return formatSlurmTime(fitting);
}

/** The last choice, without a reservation that is over. */
function stillThere({ last, cluster }: SessionForm): SessionForm['last'] {
  if (
    !last ||
    cluster.reservations.some(({ name }) => name === last.reservation)
  ) {
    return last;
  }
  const rest = { ...last };
  delete rest.reservation;
  return rest;
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

const defined = (wish: Wish): Wish =>
  Object.fromEntries(
    Object.entries(wish).filter(([, value]) => value !== undefined),
  );
