import { checkCharge } from './accounts.js';
import type { Partition } from './cluster.js';
import type { RuleContext } from './context.js';
import { checkConstraint, spellConstraint } from './features.js';
import { fitOnMachine } from './fit.js';
import { closedBecause } from './limits.js';
import { checkQosLimits } from './qos-limits.js';
import { checkReservation } from './reservations.js';
import { readSbatchOptions } from './sbatch-options.js';
import type { BatchVariables, FieldError, SessionRequest } from './session.js';
import { withSiteDefaults } from './site-defaults.js';
import { checkSiteLimits, siteLimits } from './site-limits.js';
import { checkSoftware } from './software.js';
import { formatSlurmTime } from './time.js';
import { checkTime, readMinutes } from './time-limit.js';
import { checkWholeMachine, wantsWholeMachine } from './whole-machine.js';

export type RuleOutcome =
  { ok: true; batch: BatchVariables } | { ok: false; errors: FieldError[] };

/**
 * Decides whether the cluster could run what is asked for. Pure: the form runs it
 * as the person types, the service runs it again with authority.
 *
 * A request fits if one usable machine has all of it: GPUs, cores and memory.
 */
export function checkRequest(
  asked: SessionRequest,
  context: RuleContext,
): RuleOutcome {
  const software = checkSoftware(asked, context);
  const partition = findPartition(asked.partition, context);
  if ('message' in partition) {
    return { ok: false, errors: [partition, ...software] };
  }
  const own = context.cluster.kind === 'local' ? onlyForSlurm(asked) : [];
  const minutes = readMinutes(asked.runtime);
  const request = withSiteDefaults(asked, partition, minutes, context);
  const charge = checkCharge(request, partition, context);
  const { reservation, errors: reserved } = checkReservation(
    request,
    minutes,
    context,
  );
  const { constraint, ngpus = 0, gpu_type: type = '' } = request;
  const features =
    constraint === undefined ? null : checkConstraint(constraint, partition);
  const limits = siteLimits(request, context);
  const time = checkTime(request.runtime, partition, charge, context);
  const fit = fitOnMachine(
    {
      request: features ? withoutConstraint(request) : request,
      reservation,
      minutes: time ? undefined : minutes,
      mostMemoryMiB: limits.maxMemoryMiB,
    },
    partition,
    context,
  );
  const extra = checkOptions(request.options, context);
  const errors = [
    ...own,
    ...charge.errors,
    ...reserved,
    ...(features ? [features] : []),
    // Without its reservation the machines to judge by are not known.
    ...(reserved.length > 0 ? [] : fit.errors),
    ...(time ? [time] : []),
    ...checkQosLimits(request, charge, context),
    ...checkSiteLimits(
      {
        nprocs: request.nprocs,
        memoryMiB: fit.memoryMiB,
        ngpus,
        minutes: time ? undefined : minutes,
      },
      limits,
    ),
    ...checkWholeMachine(request, partition, fit, limits),
    ...software,
    ...extra.errors,
  ];
  if (errors.length > 0 || minutes === undefined) {
    return { ok: false, errors };
  }
  return {
    ok: true,
    batch: {
      partition: partition.name,
      nprocs: String(request.nprocs),
      memory: writeMemory(fit.memoryMiB),
      runtime: formatSlurmTime(minutes),
      gres: ngpus === 0 ? '' : ['gpu', type, ngpus].filter(Boolean).join(':'),
      ...(request.account !== undefined && { account: request.account }),
      ...(request.qos !== undefined && { qos: request.qos }),
      ...(request.reservation !== undefined && {
        reservation: request.reservation,
      }),
      ...(constraint !== undefined && {
        constraint: spellConstraint(constraint),
      }),
      ...(wantsWholeMachine(request) && { exclusive: true }),
      ...(request.output === true && { output: true }),
      ...(extra.options.length > 0 && { options: extra.options }),
    },
  };
}

function findPartition(
  wanted: string,
  context: RuleContext,
): Partition | FieldError {
  const { cluster, unixGroups } = context;
  const partition = cluster.partitions.find(({ name }) => name === wanted);
  const closed = (other: Partition) =>
    closedBecause(other, unixGroups, context);
  const problem = partition
    ? closed(partition)
    : `There is no partition ${JSON.stringify(wanted)} here.`;
  if (partition && problem === null) {
    return partition;
  }
  const open = cluster.partitions
    .filter((other) => closed(other) === null)
    .map(({ name }) => name);
  const advice =
    open.length === 0
      ? 'No other is open to you now.'
      : `Choose ${open.length === 1 ? '' : 'one of '}${open.join(', ')}.`;
  return { field: 'partition', message: `${problem ?? ''} ${advice}` };
}

/** Sessions that are processes of one machine have no queue to ask. */
function onlyForSlurm(request: SessionRequest): FieldError[] {
  const fields = [
    'account',
    'qos',
    'reservation',
    'constraint',
    'exclusive',
    'options',
    'output',
  ] as const;
  return fields
    .filter((field) => Boolean(request[field]))
    .map((field) => ({
      field,
      message: `Sessions here are processes of this machine and no Slurm jobs: leave out ${field}.`,
    }));
}

function checkOptions(
  text: string | undefined,
  { policy, cluster }: RuleContext,
): ReturnType<typeof readSbatchOptions> {
  if (cluster.kind === 'local') {
    return { options: [], errors: [] };
  }
  const read = readSbatchOptions(text ?? '');
  const some = read.options.length + read.errors.length > 0;
  return some && policy?.allow.extraOptions === false
    ? {
        options: [],
        errors: [
          {
            field: 'options',
            message:
              'Extra options of sbatch are not allowed here. Leave them out.',
          },
        ],
      }
    : read;
}

function withoutConstraint(request: SessionRequest): SessionRequest {
  const rest = { ...request };
  delete rest.constraint;
  return rest;
}

/** `0` is Slurm's word for all memory of the machine. */
function writeMemory(mebibytes: number | null): string {
  return mebibytes === null ? '' : mebibytes === 0 ? '0' : `${mebibytes}M`;
}
