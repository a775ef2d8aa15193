import { Signal, type ISignal } from '@lumino/signaling';

import { DesktopError, type IDesktops } from '../client.js';
import type { Program } from './wire.js';

/** The programs of this session as the gateway last told. */
export class ProgramCatalogue {
  constructor(private readonly desktops: Pick<IDesktops, 'programs'>) {}

  get all(): readonly Program[] {
    return this._all;
  }

  /** Why they are not known, or not known anew; null if they are. */
  get failure(): string | null {
    return this._failure;
  }

  /** Whether the gateway has ever answered. */
  get isKnown(): boolean {
    return this._isKnown;
  }

  /** Emitted when they were asked for anew. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  find(id: string): Program | undefined {
    return this._all.find((program) => program.id === id);
  }

  /** Asks now; gives the answer under way if there is one. */
  refresh(): Promise<void> {
    this.asking ??= this.ask().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  private async ask(): Promise<void> {
    try {
      const { programs } = await this.desktops.programs();
      this._all = programs;
      this._isKnown = true;
      this._failure = null;
    } catch (error) {
      if (!(error instanceof DesktopError)) {
        throw error; // A fault of ours: let it be seen.
      }
      this._failure = error.message;
    }
    this._changed.emit();
  }

  private _all: readonly Program[] = [];
  private _failure: string | null = null;
  private _isKnown = false;
  private asking: Promise<void> | undefined;
  private readonly _changed = new Signal<this, void>(this);
}
