import * as z from 'zod/mini';

const STEPS = ['asked', 'waiting', 'starting', 'opening'] as const;
export type Step = (typeof STEPS)[number];

const optional = z._default(z.string(), '');

/** What the spawner tells of the start, in parts. */
const Told = z.object({
  step: z.enum(['asked', 'waiting', 'starting']),
  /** Number of the Slurm job. */
  job: optional,
  /** Why it waits, in our words. */
  why: optional,
  /** The same in Slurm's word. */
  slurm: optional,
  /** When it is expected to start, ISO 8601. */
  start: z._default(z.nullable(z.string()), null),
  /** The machine. */
  node: optional,
});

/** One event of the hub's stream; it has more in it. */
const HubEvent = z.object({
  message: z.optional(z.string()),
  ready: z._default(z.boolean(), false),
  failed: z._default(z.boolean(), false),
  beamtime: z.catch(z.optional(Told), undefined),
});

/** How far a start is, and how it came there. */
export interface Progress extends Omit<z.infer<typeof Told>, 'step'> {
  step: Step;
  /** When each step began, as this page saw it, in ms since 1970. */
  since: Partial<Record<Step, number>>;
  /** What the hub said, one line per change. */
  log: readonly { at: number; text: string }[];
  /** Why there will be no session; `null` while there may be one. */
  failure: string | null;
}

export const nothingYet: Progress = {
  step: 'asked',
  job: '',
  why: '',
  slurm: '',
  start: null,
  node: '',
  since: {},
  log: [],
  failure: null,
};

/** The steps that a start has: without a queue nothing is waited for. */
export function stepsOf(onCluster: boolean): Step[] {
  return STEPS.filter((step) => onCluster || step !== 'waiting');
}

/** Whether one step comes before another. */
export function isBefore(one: Step, other: Step): boolean {
  return STEPS.indexOf(one) < STEPS.indexOf(other);
}

/**
 * Takes one event of the stream in.
 *
 * @param data - JSON; what is not understood changes nothing.
 * @param now - in ms since 1970.
 */
export function advance(before: Progress, data: string, now: number): Progress {
  const read = HubEvent.safeParse(parseJson(data));
  if (!read.success) {
    return before;
  }
  const { message = '', ready, failed, beamtime } = read.data;
  const step = ready ? 'opening' : (beamtime?.step ?? before.step);
  // After a break the hub's stream begins anew with what was said already.
  const isNews = message !== '' && before.log.at(-1)?.text !== message;
  return {
    ...before,
    ...beamtime,
    job: beamtime?.job || before.job,
    step,
    since: { ...before.since, [step]: before.since[step] ?? now },
    log: isNews ? [...before.log, { at: now, text: message }] : before.log,
    failure: failed ? message || 'The session could not be started.' : null,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
