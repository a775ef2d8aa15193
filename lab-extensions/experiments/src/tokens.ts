import type { ExperimentClient, SessionLink } from '@beamtime/api-client';
import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';

/** Where experiments are asked for; calls fail with `ApiError`. */
export type IExperimentCatalogue = Pick<
  ExperimentClient,
  'list' | 'get' | 'datasets' | 'files'
>;

export const IExperimentCatalogue = new Token<IExperimentCatalogue>(
  '@beamtime/experiments:IExperimentCatalogue',
  'The experiments that the person may see.',
);

/** The experiments whose folders are in this session. */
export interface ISessionExperiments {
  /** By key (`source:id`), in the order in which they came. */
  readonly links: ReadonlyMap<string, SessionLink>;
  /** What went wrong when the session started, in sentences. */
  readonly problems: readonly string[];
  readonly changed: ISignal<ISessionExperiments, void>;
  /** Asks the session's server again. Never fails: what cannot be known stays as it was. */
  refresh(): Promise<void>;
  /**
   * Puts an experiment's folders into the session, if they are not all there.
   *
   * @throws `ApiError`, in a sentence for the person.
   */
  link(key: string): Promise<SessionLink>;
}

export const ISessionExperiments = new Token<ISessionExperiments>(
  '@beamtime/experiments:ISessionExperiments',
  'The experiments whose folders are in this session.',
);

/** Commands of this extension. `key` is an experiment's `source:id`. */
export const CommandIDs = {
  /** `{ key?, activate? }`; without a key it shows the panel. */
  openExperiment: 'beamtime:open-experiment',
  /** `{ key? }`; without one it is the selected experiment. */
  newNotebook: 'beamtime:new-notebook',
  /** `{ key, folder }`, where `folder` is `raw` or `processed`. */
  showFolder: 'beamtime:show-folder',
  /** `{ key, relPath }`, below the experiment's folder. */
  openFile: 'beamtime:open-file',
} as const;
