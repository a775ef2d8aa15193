import {
  formatSlurmTime,
  limitsOf,
  parseSlurmTime,
  type FormData as SessionForm,
  type Partition,
  type SessionRequest,
} from '@beamtime/contract';
import { wholeMemory } from './memory-text.js';
import { openingUrl, type Opening } from './opening.js';
import { referenceMachine, sharesOf, type GpuWish } from './shares.js';
import type { Share, ShareName } from './shares.js';

/**
 * How much of a machine: a share of it, or numbers as they were typed or asked for. An empty
 * memory leaves it to the cluster.
 */
export type Amount =
  | { kind: 'share'; share: ShareName }
  | { kind: 'exact'; cpus: string; memory: string };

/** Stands for software of the person's own; no id of the site can be like it. */
export const OWN = '(own)';

/**
 * What the person has chosen, one for both tabs. Shares stay shares when the cluster changes.
 * Texts are as typed; an empty one is not asked for.
 */
export interface Choice {
  /** Keys of experiments, in the order in which they were chosen. */
  experiments: readonly string[];
  /** Id of the site's environment, or {@link OWN}. */
  environment: string;
  ownName: string;
  ownPath: string;
  /** Names of modules with spaces between them. */
  ownModules: string;
  partition: string;
  account: string;
  qos: string;
  reservation: string;
  constraint: string;
  amount: Amount;
  gpus: GpuWish;
  /** In Slurm's notation. */
  runtime: string;
  exclusive: boolean;
  opening: Opening;
  /** The classic notebook instead of JupyterLab. */
  classic: boolean;
  rootDir: string;
  /** Whether the log is kept in the home. */
  keepLog: boolean;
  options: string;
}

/** A choice of which nothing is chosen but what every session needs. */
export const NOTHING_SPECIAL = {
  ownName: '',
  ownPath: '',
  ownModules: '',
  account: '',
  qos: '',
  reservation: '',
  constraint: '',
  exclusive: false,
  classic: false,
  rootDir: '',
  keepLog: false,
  options: '',
} as const satisfies Partial<Choice>;

export function findPartition(
  { cluster }: Pick<SessionForm, 'cluster'>,
  name: string,
): Partition | undefined {
  return cluster.partitions.find((partition) => partition.name === name);
}

/** The shares that the chosen partition offers; none where no machine is in service. */
export function offeredShares(
  form: SessionForm,
  choice: Pick<Choice, 'partition' | 'gpus'>,
): Share[] {
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

/** Cores and memory as they are typed in Advanced; a share as the numbers it stands for. */
export function exactAmount(
  form: SessionForm,
  choice: Choice,
): { cpus: string; memory: string } {
  const { amount } = choice;
  if (amount.kind === 'exact') {
    return amount;
  }
  const share = chosenShare(offeredShares(form, choice), amount.share);
  return {
    cpus: String(share?.cpus ?? 1),
    memory: share?.memoryMiB == null ? '' : `${share.memoryMiB}M`,
  };
}

/** The request that the choice stands for. */
export function toRequest(form: SessionForm, choice: Choice): SessionRequest {
  const { gpus } = choice;
  const { cpus, memory } = exactAmount(form, choice);
  const minutes = parseSlurmTime(choice.runtime.trim());
  const url = openingUrl(choice.opening, choice.classic);
  return {
    experiments: [...choice.experiments],
    ...software(choice),
    partition: choice.partition,
    nprocs: cpus.trim() === '' ? NaN : Number(cpus),
    ...text('memory', wholeMemory(memory)),
    ...(gpus.number > 0 && { ngpus: gpus.number }),
    ...(gpus.number > 0 && gpus.type && { gpu_type: gpus.type }),
    runtime: minutes == null ? choice.runtime : formatSlurmTime(minutes),
    ...text('account', choice.account),
    ...text('qos', choice.qos),
    ...text('reservation', choice.reservation),
    ...text('constraint', choice.constraint),
    ...(choice.exclusive && { exclusive: true }),
    ...(choice.classic && { interface: 'notebook' as const }),
    ...text('root_dir', choice.rootDir),
    ...(choice.keepLog && { output: true }),
    ...text('options', choice.options),
    ...(url !== undefined && { default_url: url }),
  };
}

function software(choice: Choice): Partial<SessionRequest> {
  if (choice.environment !== OWN) {
    return text('environment_id', choice.environment);
  }
  const modules = moduleNames(choice.ownModules);
  return {
    ...text('environment_name', choice.ownName),
    ...text('environment_path', choice.ownPath),
    ...(modules.length > 0 && { environment_modules: modules }),
  };
}

/** The names in a text of modules, with spaces or commas between them. */
export function moduleNames(modules: string): string[] {
  return modules.split(/[\s,]+/).filter(Boolean);
}

/** The key with its text, if there is one. */
function text<K extends string>(key: K, value: string): { [k in K]?: string } {
  const trimmed = value.trim();
  const entry: { [k in K]?: string } = {};
  if (trimmed !== '') {
    entry[key] = trimmed;
  }
  return entry;
}
