import type {
  FieldError,
  FormData as SessionForm,
  SessionRequest,
} from '@beamtime/contract';
import { HubError, type HubClient } from '../page/client.js';
import { OWN, toRequest, type Choice } from './choice.js';
import { fieldOf, type FieldName, type Tab } from './fields.js';
import { Observable } from './observable.js';
import { findProblems, tabFor, type Problems } from './problems.js';
import { placeRefusal } from './slurm-words.js';
import { choiceOf, startingChoice, withPartition } from './start.js';
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
  /** The request as it is sent. */
  sent: string;
  /** What is wrong with it, by the rules and by what the hub refused before. */
  problems: Problems;
  /** Whether the rules refuse it. What only the hub refused may be tried again. */
  blocked: boolean;
  /** Whether the hub's refusal is still worth a notice. */
  refused: boolean;
  tab: Tab;
  /** The field that was changed last. */
  changed: FieldName | null;
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
  /** What the hub says of the present choice, without having been asked to start it. */
  private foreseen: readonly FieldError[] = [];
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
    this.refused = start.refused.map((error) =>
      placeRefusal(error, start.wish),
    );
    this.wish = start.wish;
    if (start.form) {
      this.begin(start.form);
    }
  }

  /** Asks the hub for the newest figures. What is chosen stays chosen. */
  async refresh(signal: AbortSignal): Promise<void> {
    if (this.value.kind === 'failed') {
      this.set({ ...this.value, asking: true });
    }
    try {
      const { form, hubTime } = await this.client.form(signal);
      const fresh = {
        stale: null,
        clockOffset: hubTime === null ? 0 : hubTime - Date.now(),
      };
      if (this.value.kind === 'ready') {
        this.show(form, this.value.choice, fresh);
      } else {
        this.begin(form, fresh);
      }
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

  /** Takes over a change that the person made at one field. */
  change(field: FieldName, patch: Partial<Choice>): void {
    this.choose(field, () => patch);
  }

  addExperiment(key: string): void {
    this.choose('experiments', ({ experiments }) => ({
      experiments: [...new Set([...experiments, key])],
    }));
  }

  removeExperiment(key: string): void {
    this.choose('experiments', ({ experiments }) => ({
      experiments: experiments.filter((other) => other !== key),
    }));
  }

  choosePartition(name: string): void {
    // What was refused there says nothing about another partition.
    this.forget('cores', 'memory', 'gpus', 'time');
    this.choose('where', (choice, form) => withPartition(form, choice, name));
  }

  /** Chooses all that a preset or an earlier request says, and nothing else. */
  fill(request: Wish): void {
    if (this.value.kind === 'ready') {
      const { form } = this.value;
      this.refused = this.foreseen = [];
      this.begin(form, { changed: null }, choiceOf(form, request));
    }
  }

  showTab(tab: Tab): void {
    if (this.value.kind === 'ready') {
      this.set({ ...this.value, tab });
    }
  }

  /** What the hub said of a request; of no use if another one is chosen by now. */
  foresee(sent: string, errors: readonly FieldError[]): void {
    const state = this.value;
    if (state.kind === 'ready' && state.sent === sent) {
      this.foreseen = errors;
      this.show(state.form, state.choice);
    }
  }

  /** Takes over new presets. */
  keepPresets(presets: SessionForm['presets']): void {
    if (this.value.kind === 'ready') {
      this.show({ ...this.value.form, presets }, this.value.choice);
    }
  }

  private choose(
    field: FieldName,
    change: (choice: Choice, form: SessionForm) => Partial<Choice>,
  ): void {
    const state = this.value;
    if (state.kind === 'ready') {
      this.forget(field);
      const { form, choice } = state;
      const changed = { ...choice, ...change(choice, form) };
      this.show(form, changed, { changed: field });
    }
  }

  /** What the hub said stands until its field is changed. */
  private forget(...fields: FieldName[]): void {
    const stands = ({ field }: FieldError) => {
      const place = fieldOf(field);
      return place === 'other' || !fields.includes(place);
    };
    this.refused = this.refused.filter(stands);
    this.foreseen = this.foreseen.filter(stands);
  }

  /** Shows a choice on the tab on which all of it can be seen. */
  private begin(
    form: SessionForm,
    more: Partial<Ready> = {},
    choice = startingChoice(form, this.wish),
  ): void {
    this.show(form, choice, more);
    if (this.value.kind === 'ready') {
      const { tab, problems } = this.value;
      const needed = isSpecial(choice) ? 'advanced' : tabFor(problems, tab);
      this.set({ ...this.value, tab: needed });
    }
  }

  private show(
    form: SessionForm,
    choice: Choice,
    more: Partial<Ready> = {},
  ): void {
    const before =
      this.value.kind === 'ready'
        ? this.value
        : {
            tab: 'simple' as const,
            changed: null,
            stale: null,
            clockOffset: 0,
          };
    const request = toRequest(form, choice);
    const said = [...this.refused, ...this.foreseen];
    this.set({
      kind: 'ready',
      form,
      choice,
      request,
      sent: JSON.stringify(request),
      ...findProblems(form, choice, request, said),
      refused: this.refused.length > 0,
      tab: before.tab,
      changed: before.changed,
      stale: before.stale,
      clockOffset: before.clockOffset,
      ...more,
    });
  }
}

/** Whether something is chosen that only Advanced shows. */
function isSpecial(choice: Choice): boolean {
  return (
    choice.environment === OWN ||
    choice.exclusive ||
    choice.classic ||
    choice.keepLog ||
    [
      choice.account,
      choice.qos,
      choice.reservation,
      choice.constraint,
      choice.rootDir,
      choice.options,
    ].some((text) => text !== '')
  );
}
