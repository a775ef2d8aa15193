import type {
  FieldError,
  FormData as SessionForm,
  SessionRequest,
} from '@beamtime/contract';
import { HubError, type HubClient } from '../page/client.js';
import { toRequest, type Amount, type Choice } from './choice.js';
import {
  fieldOf,
  findProblems,
  type FieldName,
  type Problems,
} from './fields.js';
import { Observable } from './observable.js';
import type { GpuWish } from './shares.js';
import { startingChoice, withPartition } from './start.js';
import type { Wish } from './wish.js';

/** There is nothing to choose from, because of `problem`. */
interface Failed {
  kind: 'failed';
  problem: string;
  asking: boolean;
}

interface Ready {
  kind: 'ready';
  form: SessionForm;
  choice: Choice;
  /** What the choice stands for. */
  request: SessionRequest;
  /** What is wrong with it, by the rules and by what the hub refused before. */
  problems: Problems;
  /** Whether the rules refuse it. What only the hub refused may be tried again. */
  blocked: boolean;
  /** Whether the hub's refusal is still worth a notice. */
  refused: boolean;
  /** Why the figures are not renewed; `null` when they are. */
  stale: string | null;
  /** How far the hub's clock is ahead of this computer's, in ms. */
  clockOffset: number;
}
export type FormState = Failed | Ready;
export type { Ready as ReadyState };

/** What the form shows: what there is, what is chosen and what is wrong with it. */
export class FormStore extends Observable<FormState> {
  private refused: readonly FieldError[];
  private readonly wish: Wish;

  constructor(
    private readonly client: Pick<HubClient, 'form'>,
    start: {
      form: SessionForm | null;
      problem: string;
      refused: readonly FieldError[];
      wish: Wish;
    },
  ) {
    super({ kind: 'failed', problem: start.problem, asking: false });
    this.refused = start.refused;
    this.wish = start.wish;
    if (start.form) {
      this.show(start.form, startingChoice(start.form, start.wish));
    }
  }

  /** Asks the hub for the newest figures. What is chosen stays chosen. */
  async refresh(signal: AbortSignal): Promise<void> {
    if (this.value.kind === 'failed') {
      this.set({ ...this.value, asking: true });
    }
    try {
      const { form, hubTime } = await this.client.form(signal);
      const choice =
        this.value.kind === 'ready'
          ? this.value.choice
          : startingChoice(form, this.wish);
      const offset = hubTime === null ? 0 : hubTime - Date.now();
      this.show(form, choice, { stale: null, clockOffset: offset });
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (!(error instanceof HubError)) {
        throw error; // A fault of ours: let it be seen.
      }
      this.set(
        this.value.kind === 'ready'
          ? { ...this.value, stale: error.message }
          : { kind: 'failed', problem: error.message, asking: false },
      );
    }
  }

  addExperiment(key: string): void {
    this.choose('experiments', (choice) => ({
      experiments: [...new Set([...choice.experiments, key])],
    }));
  }

  removeExperiment(key: string): void {
    this.choose('experiments', ({ experiments }) => ({
      experiments: experiments.filter((other) => other !== key),
    }));
  }

  chooseNoExperiment(): void {
    this.choose('experiments', () => ({ experiments: [] }));
  }

  chooseEnvironment(environment: string): void {
    this.choose('software', () => ({ environment }));
  }

  choosePartition(name: string): void {
    // What was refused there says nothing about another partition.
    this.forget('amount', 'gpus', 'time');
    this.choose('where', (choice, form) => withPartition(form, choice, name));
  }

  chooseAmount(amount: Amount): void {
    this.choose('amount', () => ({ amount }));
  }

  chooseGpus(gpus: GpuWish): void {
    this.choose('gpus', () => ({ gpus }));
  }

  chooseMinutes(minutes: number): void {
    this.choose('time', () => ({ minutes }));
  }

  private choose(
    field: FieldName,
    change: (choice: Choice, form: SessionForm) => Partial<Choice>,
  ): void {
    const state = this.value;
    if (state.kind === 'ready') {
      this.forget(field);
      const { form, choice } = state;
      this.show(form, { ...choice, ...change(choice, form) });
    }
  }

  /** A refusal stands until its field is changed. */
  private forget(...fields: FieldName[]): void {
    this.refused = this.refused.filter(({ field }) => {
      const place = fieldOf(field);
      return place === 'other' || !fields.includes(place);
    });
  }

  private show(
    form: SessionForm,
    choice: Choice,
    fresh: Partial<Pick<Ready, 'stale' | 'clockOffset'>> = {},
  ): void {
    const before =
      this.value.kind === 'ready'
        ? this.value
        : { stale: null, clockOffset: 0 };
    const request = toRequest(form, choice);
    this.set({
      kind: 'ready',
      form,
      choice,
      request,
      ...findProblems(form, request, this.refused),
      refused: this.refused.length > 0,
      stale: before.stale,
      clockOffset: before.clockOffset,
      ...fresh,
    });
  }
}
