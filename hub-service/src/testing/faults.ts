import type { SourceProblem } from '@beamtime/contract';
import { messageOf } from '../refusal.js';
import { SourceError } from '../catalogue/adapter.js';
import type { Fault } from './faulty-answers.js';
import type { Asked, RecordedServer } from './recorded-server.js';

/** Time enough for any machine; the deadline of faults that end by themselves. */
const LONG_MS = 60_000;
/** The deadline of faults that only it ends. */
const SHORT_MS = 400;

/** Each fault, what every call of every adapter must end in, and the deadline to try it with. */
export const FAULTS: readonly {
  fault: Fault;
  kind: SourceProblem['kind'];
  deadlineMs: number;
}[] = [
  { fault: 'hang', kind: 'timeout', deadlineMs: SHORT_MS },
  { fault: 'slow-drip', kind: 'timeout', deadlineMs: SHORT_MS },
  { fault: 'reset', kind: 'unavailable', deadlineMs: LONG_MS },
  { fault: 'status-500', kind: 'unavailable', deadlineMs: LONG_MS },
  { fault: 'truncated', kind: 'unavailable', deadlineMs: LONG_MS },
  { fault: 'huge', kind: 'too-large', deadlineMs: LONG_MS },
  { fault: 'html', kind: 'not-understood', deadlineMs: LONG_MS },
  { fault: 'broken-json', kind: 'not-understood', deadlineMs: LONG_MS },
  { fault: 'empty', kind: 'not-understood', deadlineMs: LONG_MS },
  { fault: 'redirect', kind: 'not-understood', deadlineMs: LONG_MS },
];

type Outcome = [name: string, end: string];

/**
 * What each call ends in while the server has the fault: the kind of its `SourceError`,
 * `answered`, or the words of an error that is none. Returns when no connection is left open.
 *
 * @param when - the questions that the fault is for; all if left out.
 */
export async function outcomes(
  server: RecordedServer,
  fault: Fault,
  calls: Readonly<Record<string, () => Promise<unknown>>>,
  when?: (asked: Asked) => boolean,
): Promise<Record<string, string>> {
  server.fault = { kind: fault, ...(when && { when }) };
  const ended = await Promise.all(
    Object.entries(calls).map(([name, call]) =>
      call().then(
        (): Outcome => [name, 'answered'],
        (error: unknown): Outcome => [
          name,
          error instanceof SourceError ? error.kind : messageOf(error),
        ],
      ),
    ),
  );
  await server.idle();
  server.fault = null;
  return Object.fromEntries<string>(ended);
}
