import type { Preset } from '@beamtime/contract';
import { HubError, type HubClient } from '../page/client.js';
import type { FormStore } from './form-store.js';
import { Observable } from './observable.js';

export interface PresetState {
  /** Whether the hub is being asked. */
  busy: boolean;
  /** What was done, or why it was not, in words. */
  note: string;
  failed: boolean;
  /** Where it was done, and so where it is said. */
  at: 'card' | 'list';
}

/** Keeps named choices on the server; which there are is part of the form's data. */
export class PresetShelf extends Observable<PresetState> {
  private readonly ended = new AbortController();

  constructor(
    private readonly client: Pick<HubClient, 'keepPreset' | 'forgetPreset'>,
    private readonly store: FormStore,
  ) {
    super({ busy: false, note: '', failed: false, at: 'card' });
  }

  /** Keeps what is chosen now, but for a reservation: it ends, and the preset does not. */
  async save(name: string): Promise<boolean> {
    const state = this.store.value;
    if (state.kind !== 'ready') {
      return false;
    }
    const request = { ...state.request };
    delete request.reservation;
    return this.run('card', `Saved as “${name}”.`, (signal) =>
      this.client.keepPreset({ name, request }, signal),
    );
  }

  async rename({ name, request }: Preset, newName: string): Promise<boolean> {
    return this.run(
      'list',
      `“${name}” is “${newName}” now.`,
      async (signal) => {
        await this.client.keepPreset({ name: newName, request }, signal);
        return this.client.forgetPreset(name, signal);
      },
    );
  }

  async forget(name: string): Promise<boolean> {
    return this.run('list', `“${name}” is deleted.`, (signal) =>
      this.client.forgetPreset(name, signal),
    );
  }

  /** Stops asking. */
  dispose(): void {
    this.ended.abort();
  }

  private async run(
    at: PresetState['at'],
    done: string,
    ask: (signal: AbortSignal) => Promise<Preset[]>,
  ): Promise<boolean> {
    const { signal } = this.ended;
    this.set({ at, busy: true, note: '', failed: false });
    try {
      this.store.keepPresets(await ask(signal));
      this.set({ at, busy: false, note: done, failed: false });
      return true;
    } catch (error) {
      if (signal.aborted) {
        return false;
      }
      if (!(error instanceof HubError)) {
        throw error; // A fault of ours: let it be seen.
      }
      this.set({ at, busy: false, note: error.message, failed: true });
      return false;
    }
  }
}
