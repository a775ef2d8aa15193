import type { Opening } from './applications/opening.js';
import type { Ended, Part, Restart } from './wire.js';

/** What a tab is told of its desktop once. */
export interface DesktopOptions {
  name: string;
  /** Id of its program. */
  program: string;
  /** With what it is opened when it starts. */
  opening?: Opening;
  /** Whether it was open when the page was left. */
  restored?: boolean;
  /** The room that there is for the picture, pixels. */
  size: () => { width: number; height: number };
}

/** What a tab knows of its desktop. */
export type DesktopState =
  /** Asks whether it runs. */
  | { kind: 'checking' }
  | { kind: 'starting' }
  /** Runs; a viewer is to connect to `url`, which is good once. */
  | { kind: 'connecting'; url: string }
  | { kind: 'connected' }
  /** Runs on, as far as we know. Instants in ms since the epoch. */
  | { kind: 'lost'; since: number; retryAt: number }
  /** Its display crashed, and is started again by the gateway. */
  | { kind: 'restarting'; restart: Restart | null }
  /** `ended` is null if nothing is known of it: it never ran, or Jupyter was restarted. */
  | { kind: 'ended'; ended: Ended | null; wasThere: boolean }
  | { kind: 'missing'; missing: string[]; parts: Part[] }
  | { kind: 'failed'; message: string };
