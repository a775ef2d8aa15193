import {
  checkRequest,
  type ClusterSnapshot,
  type Environment,
  type FieldError,
  type FormData,
  type FormQuery,
  type Plan,
  type PlanQuery,
  type SessionRequest,
  type SitePolicy,
} from '@beamtime/contract';
import type { Catalogue } from '../catalogue/catalogue.js';
import { Refusal } from '../refusal.js';
import type { Cluster } from '../scheduler/cluster.js';
import type { Choices } from '../store/choices.js';
import { resolveExperiments } from './experiments.js';
import { toPublic } from './policy.js';
import { readRequest } from './request.js';
import { summarize } from './summary.js';

/** Most experiments that come with the form; it searches for others. */
const FORM_EXPERIMENTS = 50;

/** Decides what is started, and gives the form what it needs to foresee it. */
export class Sessions {
  constructor(
    private readonly policy: SitePolicy,
    private readonly cluster: Cluster,
    private readonly catalogue: Catalogue,
    private readonly choices: Choices,
  ) {}

  /**
   * The one decision on a request, whichever way it came.
   *
   * @throws {Refusal} `unavailable` if the scheduler has never answered, or is away while
   * something shall be started.
   */
  async plan({ caller, options, starting }: PlanQuery): Promise<Plan> {
    const read = readRequest(options);
    if (!read.ok) {
      return read;
    }
    const { request } = read;
    const cluster = await this.cluster.snapshot();
    const outcome = checkRequest(request, {
      cluster,
      unixGroups: caller.unixGroups,
    });
    const environment = this.environment(request.environment_id);
    const { experiments, errors } = await resolveExperiments(
      this.catalogue,
      caller,
      request.experiments ?? [],
    );
    if (!environment.ok) {
      errors.push(environment.error);
    }
    if (!outcome.ok || !environment.ok || errors.length > 0) {
      return {
        ok: false,
        errors: [...(outcome.ok ? [] : outcome.errors), ...errors],
      };
    }
    if (starting) {
      await this.cluster.mustAnswer();
      await this.choices.keep(caller.name, request);
    }
    const { path, modules } = environment.value;
    return {
      ok: true,
      batch: outcome.batch,
      environmentPath: path,
      modules: modules ?? [],
      experiments,
      defaultUrl: request.default_url,
      summary: summarize(request, outcome.batch, experiments),
    };
  }

  async form({ caller }: FormQuery): Promise<FormData> {
    const [cluster, experiments] = await Promise.all([
      this.clusterOrProblem(),
      this.catalogue.experiments(caller, { limit: FORM_EXPERIMENTS }),
    ]);
    const last = await this.choices.last(caller.name);
    return {
      cluster,
      policy: toPublic(this.policy, caller),
      experiments,
      unixGroups: caller.unixGroups,
      last: last && (await this.stillPossible(last, caller, cluster)),
      presets: [],
      associations: null,
      qos: [],
      sessions: { limit: null, names: [] },
    };
  }

  /** The form is drawn even when the scheduler has never answered. */
  private async clusterOrProblem(): Promise<ClusterSnapshot> {
    try {
      return await this.cluster.snapshot();
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      return {
        kind: this.cluster.kind,
        asOf: new Date().toISOString(),
        problem: error.message,
        partitions: [],
        reservations: [],
      };
    }
  }

  /** The last choice without what is gone since; `null` if its partition is. */
  private async stillPossible(
    { experiments, environment_id: id, ...rest }: SessionRequest,
    caller: FormQuery['caller'],
    { partitions }: ClusterSnapshot,
  ): Promise<SessionRequest | null> {
    if (
      partitions.length > 0 &&
      !partitions.some(({ name }) => name === rest.partition)
    ) {
      return null;
    }
    const visible: string[] = [];
    for (const key of experiments ?? []) {
      if (await this.catalogue.find(caller, key)) {
        visible.push(key);
      }
    }
    return {
      ...rest,
      ...(visible.length > 0 && { experiments: visible }),
      ...(id !== undefined &&
        this.environment(id).ok && { environment_id: id }),
    };
  }

  /** The environment of that id, the first one without an id. */
  private environment(
    id: string | undefined,
  ): { ok: true; value: Environment } | { ok: false; error: FieldError } {
    const { environments } = this.policy;
    const value =
      id === undefined || id === ''
        ? environments[0]
        : environments.find((environment) => environment.id === id);
    const names = environments.map((environment) => environment.id).join(', ');
    return value
      ? { ok: true, value }
      : {
          ok: false,
          error: {
            field: 'environment_id',
            message: `There is no environment ${JSON.stringify(id)} here. There are: ${names}.`,
          },
        };
  }
}
