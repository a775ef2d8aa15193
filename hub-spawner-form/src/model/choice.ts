import {
  formatSlurmTime,
  limitsOf,
  type FormData as SessionForm,
  type Partition,
  type SessionRequest,
} from '@beamtime/contract';
import { referenceMachine, sharesOf, type GpuWish } from './shares.js';
import type { Share, ShareName } from './shares.js';

/** How much of a machine: a share of it, or what a link or an earlier request said exactly. */
export type Amount =
  | { kind: 'share'; share: ShareName }
  | { kind: 'exact'; cpus: number; memory: string | undefined };

/** What the person has chosen. Shares stay shares when the cluster changes. */
export interface Choice {
  /** Keys of experiments, in the order in which they were chosen. */
  experiments: readonly string[];
  environment: string;
  partition: string;
  amount: Amount;
  gpus: GpuWish;
  minutes: number;
  /** Where a link wants the session to open. */
  defaultUrl: string | undefined;
}

export function findPartition(
  { cluster }: Pick<SessionForm, 'cluster'>,
  name: string,
): Partition | undefined {
  return cluster.partitions.find((partition) => partition.name === name);
}

/** The shares that the chosen partition offers; none where no machine is in service. */
export function offeredShares(form: SessionForm, choice: Choice): Share[] {
  const partition = findPartition(form, choice.partition);
  const machine = partition && referenceMachine(partition, choice.gpus);
  return machine ? sharesOf(machine) : [];
}

/** The chosen share; the largest smaller one where a machine is too small to have it. */
export function chosenShare(
  shares: readonly Share[],
  name: ShareName,
): Share | undefined {
  return (
    shares.find((share) => share.name === name) ??
    (name === 'whole' ? shares.at(-1) : shares[0])
  );
}

/** Minutes to choose from in a partition: the site's, or its limit where that is shorter. */
export function offeredMinutes(
  { policy }: Pick<SessionForm, 'policy'>,
  partition: Partition | undefined,
): number[] {
  const limit = partition ? limitsOf(partition).minutes : null;
  const within = policy.durations.filter(
    (minutes) => limit === null || minutes <= limit,
  );
  return within.length === 0 && limit !== null && limit > 0 ? [limit] : within;
}

/** The request that the choice stands for. */
export function toRequest(form: SessionForm, choice: Choice): SessionRequest {
  const { gpus, amount, defaultUrl } = choice;
  const share =
    amount.kind === 'share'
      ? chosenShare(offeredShares(form, choice), amount.share)
      : undefined;
  const cpus = amount.kind === 'exact' ? amount.cpus : (share?.cpus ?? 1);
  const memory =
    amount.kind === 'exact'
      ? amount.memory
      : share?.memoryMiB == null
        ? undefined
        : `${share.memoryMiB}M`;
  return {
    experiments: [...choice.experiments],
    ...(choice.environment && { environment_id: choice.environment }),
    partition: choice.partition,
    nprocs: cpus,
    ...(memory !== undefined && { memory }),
    ...(gpus.number > 0 && { ngpus: gpus.number }),
    ...(gpus.number > 0 && gpus.type && { gpu_type: gpus.type }),
    runtime: formatSlurmTime(choice.minutes),
    ...(defaultUrl !== undefined && { default_url: defaultUrl }),
  };
}
