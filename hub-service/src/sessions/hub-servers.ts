import * as z from 'zod/mini';
import { askHub, readAnswer } from '../auth/hub-api.js';
import type { HubConnection } from '../config.js';
import { Refusal } from '../refusal.js';

/** A start may wait for Slurm's answer: the hub itself stops waiting after ten seconds. */
const START_DEADLINE_MS = 30_000;

const text = z.catch(z.optional(z.string()), undefined);

/** Of what was asked for, what is told to its owner; the rest may be anything. */
const Asked = z.object({
  experiments: z.catch(z.array(z.string()), []),
  partition: text,
  nprocs: z.catch(z.optional(z.int()), undefined),
  memory: text,
  ngpus: z.catch(z.optional(z.int()), undefined),
  gpu_type: text,
});
export type Asked = z.infer<typeof Asked>;

const Server = z.object({
  name: z.string(),
  display_name: z._default(z.nullable(z.string()), null),
  ready: z.boolean(),
  pending: z.nullable(z.string()),
  stopped: z._default(z.boolean(), false),
  /** When it was ready; `null` before. */
  started: z.nullable(z.string()),
  url: z.string(),
  full_url: z._default(z.nullable(z.string()), null),
  user_options: z.catch(Asked, { experiments: [] }),
  /** Only with the scope for it, which is given where sessions are jobs. */
  state: z.catch(
    z.optional(z.object({ job_id: z.optional(z.string()) })),
    undefined,
  ),
});
/** A person's server as the hub tells of it, running or not. */
export type HubServer = z.infer<typeof Server>;

const Owner = z.object({
  servers: z._default(z.record(z.string(), Server), {}),
});
const Failure = z.object({ message: z.string() });

/** What the hub said to a start. */
export type StartAnswer =
  { ok: true } | { ok: false; message: string; mayNot: boolean };

/** The servers of people, by the hub's REST API. */
export class HubServers {
  constructor(private readonly hub: HubConnection) {}

  /**
   * All servers of a person, also those with a name that do not run.
   *
   * @throws {Refusal} `unavailable` if the hub does not answer.
   */
  async of(name: string): Promise<HubServer[]> {
    const response = await askHub(
      this.hub,
      `/users/${encodeURIComponent(name)}?include_stopped_servers=1`,
      { headers: { authorization: `token ${this.hub.token}` } },
    );
    const { servers } = await readAnswer(response, Owner);
    return Object.values(servers);
  }

  /**
   * Starts a session as its owner.
   *
   * @param token - the owner's own: the service may start nothing by itself.
   * @param server - its name; empty for the default one.
   * @throws {Refusal} `unavailable` if the hub does not answer.
   */
  async start(
    token: string,
    owner: string,
    server: string,
    body: { user_options: object; display_name?: string },
  ): Promise<StartAnswer> {
    const user = encodeURIComponent(owner);
    const path =
      server === '' ? 'server' : `servers/${encodeURIComponent(server)}`;
    const response = await askHub(
      this.hub,
      `/users/${user}/${path}`,
      {
        method: 'POST',
        headers: {
          authorization: `token ${token}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      },
      START_DEADLINE_MS,
    );
    if (response.ok) {
      return { ok: true };
    }
    const said = Failure.safeParse(
      await response.json().catch(() => undefined),
    );
    if (!said.success) {
      throw new Refusal(
        'unavailable',
        'The hub could not start the session, and did not say why. Try again in a minute.',
        { cause: response.status },
      );
    }
    const mayNot = response.status === 401 || response.status === 403;
    return { ok: false, message: said.data.message, mayNot };
  }
}
