import {
  type Caller,
  checkRequest,
  type FormData,
  type FormQuery,
  type Plan,
  type PlanQuery,
  type Preset,
  type SessionRequest,
} from '@beamtime/contract';
import type { Catalogue } from '../catalogue/catalogue.js';
import type { Choices } from '../store/choices.js';
import type { Presets } from '../store/presets.js';
import { resolveExperiments } from './experiments.js';
import { toPublic } from './policy.js';
import { readRequest } from './request.js';
import { orElse } from './or-else.js';
import { softwareOf } from './software.js';
import { stillPossible } from './still-possible.js';
import { summarize } from './summary.js';
import type { World } from './world.js';

/** Most experiments that come with the form; it searches for others. */
const FORM_EXPERIMENTS = 50;

/** Decides what is started, and gives the form what it needs to foresee it. */
export class Sessions {
  constructor(
    private readonly world: World,
    private readonly catalogue: Catalogue,
    private readonly choices: Choices,
    private readonly presets: Presets,
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
    const [view, { experiments, chosen, errors }] = await Promise.all([
      this.world.seenBy(caller),
      resolveExperiments(this.catalogue, caller, request.experiments ?? []),
    ]);
    const outcome = checkRequest(
      request,
      this.world.rules(view, caller, chosen),
    );
    if (!outcome.ok || errors.length > 0) {
      return {
        ok: false,
        errors: [...(outcome.ok ? [] : outcome.errors), ...errors],
      };
    }
    if (starting) {
      await this.world.mustAnswer();
      await orElse(this.choices.keep(caller.name, request), undefined);
    }
    return {
      ok: true,
      batch: outcome.batch,
      ...softwareOf(request, this.world.policy.environments),
      experiments,
      summary: summarize(request, outcome.batch, experiments),
    };
  }

  async form({ caller }: FormQuery): Promise<FormData> {
    const [view, experiments, last, presets] = await Promise.all([
      this.world.seenByForm(caller),
      this.catalogue.experiments(caller, { limit: FORM_EXPERIMENTS }),
      orElse(this.choices.last(caller.name), null),
      orElse(this.presets.of(caller.name), []),
    ]);
    const { policy } = this.world;
    return {
      ...view,
      policy: toPublic(policy, caller),
      experiments,
      unixGroups: caller.unixGroups,
      last:
        last &&
        (await stillPossible(last, caller, view.cluster, {
          policy,
          catalogue: this.catalogue,
        })),
      presets,
      sessions: null,
    };
  }

  /**
   * What this person started last, now for one experiment and opened on it.
   *
   * @param defaultUrl - where JupyterLab opens, below the server.
   * @returns `null` if they have started nothing yet, or it cannot be had any more.
   * @throws {Refusal} as {@link plan}.
   */
  async again(
    caller: Caller,
    experiment: string,
    defaultUrl: string,
  ): Promise<{ request: SessionRequest; summary: string } | null> {
    const last = await this.choices.last(caller.name);
    if (last === null || last.interface === 'notebook') {
      return null; // The classic notebook cannot open on an experiment.
    }
    const request = {
      ...last,
      experiments: [experiment],
      default_url: defaultUrl,
    };
    const plan = await this.plan({
      caller,
      server: '',
      options: request,
      starting: false,
    });
    return plan.ok ? { request, summary: plan.summary } : null;
  }

  /** @throws {Refusal} `bad-request` if no more can be kept. */
  async keepPreset({ name }: Caller, preset: Preset): Promise<Preset[]> {
    await this.presets.keep(name, preset);
    return this.presets.of(name);
  }

  async forgetPreset({ name }: Caller, preset: string): Promise<Preset[]> {
    await this.presets.forget(name, preset);
    return this.presets.of(name);
  }

  async presetsOf({ name }: Caller): Promise<Preset[]> {
    return this.presets.of(name);
  }
}
