import type { EnvironmentCheck } from '@beamtime/contract';
import { HubError, type HubClient, type OwnSoftware } from '../page/client.js';
import { moduleNames, OWN } from './choice.js';
import type { FormStore } from './form-store.js';
import { Observable } from './observable.js';

export type CheckState =
  | { kind: 'none' }
  | { kind: 'asking' }
  | { kind: 'found'; check: EnvironmentCheck }
  | { kind: 'failed'; message: string };

/** Waits for the end of a path before it is looked at, in ms. */
const PAUSE = 800;

/** Looks, through the hub and as the person, at software of their own while they name it. */
export class OwnSoftwareCheck extends Observable<CheckState> {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = new AbortController();
  private sent = '';
  private readonly unsubscribe: () => void;

  constructor(
    private readonly client: Pick<HubClient, 'checkEnvironment'>,
    private readonly store: FormStore,
  ) {
    super({ kind: 'none' });
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
    const software = this.software();
    const sent = JSON.stringify(software);
    if (sent === this.sent) {
      return;
    }
    clearTimeout(this.timer);
    this.asked.abort();
    this.sent = sent;
    if (software === null) {
      this.set({ kind: 'none' });
      return;
    }
    this.set({ kind: 'asking' });
    this.timer = setTimeout(() => void this.ask(software), PAUSE);
  }

  /** What there is to look at; `null` if nothing, or if it is no path. */
  private software(): OwnSoftware | null {
    const state = this.store.value;
    if (state.kind !== 'ready' || state.choice.environment !== OWN) {
      return null;
    }
    const { choice, problems } = state;
    const path = choice.ownPath.trim();
    const modules = moduleNames(choice.ownModules);
    const something = path !== '' || modules.length > 0;
    return something && problems.own.length + problems.modules.length === 0
      ? { path, modules }
      : null;
  }

  private async ask(software: OwnSoftware): Promise<void> {
    const { signal } = (this.asked = new AbortController());
    try {
      const check = await this.client.checkEnvironment(software, signal);
      this.set({ kind: 'found', check });
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (!(error instanceof HubError)) {
        throw error; // A fault of ours: let it be seen.
      }
      this.set({ kind: 'failed', message: error.message });
    }
  }
}
