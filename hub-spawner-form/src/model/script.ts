import { HubError, type HubClient } from '../page/client.js';
import type { FieldName } from './fields.js';
import type { FormStore } from './form-store.js';
import { Observable } from './observable.js';

export interface ScriptState {
  /** The last script that could be submitted; `null` if there was none yet. */
  script: string | null;
  /** Whether the script is that of the present choice. */
  current: boolean;
  /** Why there is none for the present choice. */
  note: string;
}

/** Waits for the end of a word before it asks the hub, in ms. */
const PAUSE = 400;

/** Shows what would be submitted while Advanced is open: the hub writes it, from the plan alone. */
export class ScriptPreview extends Observable<ScriptState> {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = new AbortController();
  private sent = '';
  private readonly unsubscribe: () => void;

  constructor(
    private readonly client: Pick<HubClient, 'preview'>,
    private readonly store: FormStore,
  ) {
    super({ script: null, current: false, note: '' });
    this.unsubscribe = store.subscribe(() => this.follow());
    this.follow();
  }

  /** Stops asking. */
  dispose(): void {
    this.unsubscribe();
    clearTimeout(this.timer);
    this.asked.abort();
  }

  private follow(): void {
    const state = this.store.value;
    if (
      state.kind !== 'ready' ||
      state.tab !== 'advanced' ||
      state.sent === this.sent
    ) {
      return;
    }
    clearTimeout(this.timer);
    this.asked.abort();
    const first = this.sent === '';
    this.sent = state.sent;
    this.set({ ...this.value, current: false });
    this.timer = setTimeout(() => void this.ask(state.sent), first ? 0 : PAUSE);
  }

  private async ask(sent: string): Promise<void> {
    const { signal } = (this.asked = new AbortController());
    try {
      const plan = await this.client.preview(sent, signal);
      if (plan.ok) {
        this.set({
          script: plan.script ?? null,
          current: true,
          note:
            plan.script == null ? 'Sessions here need no batch script.' : '',
        });
      } else {
        this.set({
          ...this.value,
          note: 'What you ask for now would be refused, so there is no script for it.',
        });
      }
      this.store.foresee(sent, plan.ok ? [] : plan.errors);
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (!(error instanceof HubError)) {
        throw error; // A fault of ours: let it be seen.
      }
      // So that the next change, or the next renewal of the figures, asks again.
      this.sent = '';
      this.set({
        ...this.value,
        note: `The script is not known now. ${error.message}`,
      });
    }
  }
}

/** What of a script's line tells which field it comes from. */
const OPTIONS: readonly (readonly [RegExp, FieldName])[] = [
  [/^#SBATCH (--partition|-p)\b/, 'where'],
  [/^#SBATCH (--account|-A)\b/, 'account'],
  [/^#SBATCH (--qos|-q)\b/, 'qos'],
  [/^#SBATCH --reservation\b/, 'reservation'],
  [/^#SBATCH (--constraint|-C)\b/, 'constraint'],
  [/^#SBATCH (--cpus-per-task|-c|--ntasks|-n)\b/, 'cores'],
  [/^#SBATCH --mem\b/, 'memory'],
  [/^#SBATCH (--gres|--gpus)\b/, 'gpus'],
  [/^#SBATCH (--time|-t)\b/, 'time'],
  [/^#SBATCH --exclusive\b/, 'exclusive'],
  [/^#SBATCH (--output|-o)\b/, 'log'],
  [/^#SBATCH (--chdir|-D)\b/, 'root'],
  [/^\s*module\b/, 'modules'],
];

/** The field that a line of the script comes from, as far as that can be seen. */
export function fieldOfLine(
  line: string,
  extraOptions: string,
): FieldName | null {
  const extra = extraOptions
    .split(/\s+/)
    .some((option) => option !== '' && line === `#SBATCH ${option}`);
  if (extra) {
    return 'options';
  }
  return OPTIONS.find(([pattern]) => pattern.test(line))?.[1] ?? null;
}
