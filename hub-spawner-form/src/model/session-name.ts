import { HubError, type HubClient } from '../page/client.js';
import { Observable } from './observable.js';

export interface NameState {
  /** As typed; empty for the default session. */
  name: string;
  /** Why no session of that name could be made. */
  problem: string;
}

/** Most characters of a session's name in addresses, as the hub wants it. */
const LONGEST = 30;
/** So many names that are taken are passed over. */
const TRIES = 9;

/** The name that people give a session, and the session that the hub makes of it. */
export class SessionName extends Observable<NameState> {
  constructor(private readonly client: Pick<HubClient, 'nameSession'>) {
    super({ name: '', problem: '' });
  }

  type(name: string): void {
    this.set({ name, problem: '' });
  }

  /** Whether the session is to have a name of its own. */
  get given(): boolean {
    return this.value.name.trim() !== '';
  }

  /**
   * Makes the session, without starting it.
   *
   * @returns its name in addresses; `null` if it could not be made, see `problem`.
   */
  async make(signal: AbortSignal): Promise<string | null> {
    const display = this.value.name.trim().replace(/\s+/g, ' ');
    try {
      for (let number = 1; number <= TRIES; number += 1) {
        const slug = slugOf(display, number);
        if (await this.client.nameSession(slug, display, signal)) {
          return slug;
        }
      }
      throw new HubError(
        'You have sessions of that name already. Choose another name.',
      );
    } catch (error) {
      if (!(error instanceof HubError)) {
        throw error; // A fault of ours: let it be seen.
      }
      this.set({ ...this.value, problem: error.message });
      return null;
    }
  }
}

/**
 * A name as the hub wants it in addresses: small letters, digits and single hyphens, the
 * first one a letter.
 *
 * @param number - above 1 it is put behind the name, to make it another one.
 */
export function slugOf(name: string, number = 1): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '');
  const end = number > 1 ? `-${number}` : '';
  const start = (plain || 'session').slice(0, LONGEST - end.length);
  return start.replace(/-+$/, '') + end;
}
