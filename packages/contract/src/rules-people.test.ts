import * as z from 'zod/mini';
import table from '../cases/rules-people.json';
import { Association, Qos } from './accounting.js';
import { ClusterSnapshot } from './cluster.js';
import type { RuleContext } from './context.js';
import { PublicPolicy } from './policy.js';
import { asSeenBy } from './reservations.js';
import { checkRequest } from './rules.js';
import { SessionRequest } from './session.js';

/** The same table runs in Python: its requests have the right shape, its variables make a script. */
const { cluster, contexts, cases, now } = z
  .object({
    now: z.string(),
    cluster: ClusterSnapshot,
    contexts: z.record(
      z.string(),
      z.object({
        name: z._default(z.string(), 'alice'),
        kind: z._default(z.enum(['slurm', 'local']), 'slurm'),
        unixGroups: z._default(z.nullable(z.array(z.string())), ['users']),
        associations: z._default(z.nullable(z.array(Association)), null),
        qos: z._default(z.array(Qos), []),
        policy: z.optional(
          z.pick(PublicPolicy, {
            allow: true,
            rules: true,
            environments: true,
          }),
        ),
        chosen: z.optional(
          z.array(
            z.object({
              proposal: z.string(),
              instrument: z.object({ name: z.string() }),
            }),
          ),
        ),
      }),
    ),
    cases: z.array(
      z.object({
        name: z.string(),
        context: z.string(),
        request: z.partial(SessionRequest),
        fields: z.array(z.string()),
        says: z.optional(z.string()),
        batch: z.optional(z.record(z.string(), z.unknown())),
      }),
    ),
  })
  .parse(table);

function outcomeOf(context: string, request: object) {
  const world = contexts[context];
  if (!world) {
    throw new Error(`no context ${context}`);
  }
  const { name, kind, policy, chosen, ...who } = world;
  const seen = asSeenBy(
    { ...cluster, kind },
    { name, ...who },
    Date.parse(now),
  );
  const rules: RuleContext = {
    cluster: seen,
    ...who,
    ...(policy && { policy }),
    ...(chosen && { chosen }),
    now: Date.parse(now),
  };
  const asked = { partition: 'main', nprocs: 4, runtime: '1:00:00' };
  return checkRequest(SessionRequest.parse({ ...asked, ...request }), rules);
}

test.each(cases.map((row) => [row.name, row] as const))(
  '%s',
  (_name, { context, request, fields, says, batch }) => {
    const outcome = outcomeOf(context, request);
    const errors = outcome.ok ? [] : outcome.errors;
    expect(errors.map(({ field }) => field)).toEqual(fields);
    if (says !== undefined) {
      expect(errors.map(({ message }) => message).join(' ')).toContain(says);
    }
    if (fields.length === 0) {
      expect(outcome.ok && outcome.batch).toEqual({
        partition: request.partition ?? 'main',
        nprocs: '4',
        memory: (request.partition ?? 'main') === 'main' ? '8000M' : '',
        runtime: '01:00:00',
        gres: '',
        ...batch,
      });
    }
  },
);

test('every refusal is a sentence', () => {
  for (const { context, request } of cases) {
    const outcome = outcomeOf(context, request);
    for (const { message } of outcome.ok ? [] : outcome.errors) {
      expect(message).toMatch(/^[^\s].*[.?]$/s);
      expect(message).not.toMatch(/undefined|null|NaN|Infinity/);
    }
  }
});
