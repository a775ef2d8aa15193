import type { ExperimentClient, SessionLink } from '@beamtime/api-client';
import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';

/** Where experiments are asked for; calls fail with `ApiError`. */
export interface IExperimentCatalogue extends Pick<
  ExperimentClient,
  | 'list'
  | 'get'
  | 'datasets'
  | 'files'
  | 'filters'
  | 'bookmarks'
  | 'mark'
  | 'opened'
> {
  /**
   * The small picture of a dataset; `null` if there is none to show.
   *
   * @param key - `source:id` of the experiment.
   * @param dataset - `ref.id` of the dataset.
   */
  thumbnail(
    key: string,
    dataset: string,
    signal: AbortSignal,
  ): Promise<Blob | null>;
}

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

/** The experiments that the person has marked, and those opened last. */
export interface IExperimentMarks {
  /** By key (`source:id`). */
  readonly favourites: ReadonlySet<string>;
  /** Newest first. */
  readonly recent: readonly string[];
  readonly changed: ISignal<IExperimentMarks, void>;
  /** Asks the service again. Never fails: what cannot be known stays as it was. */
  refresh(): Promise<void>;
  /** Makes it a favourite, or not any more. */
  mark(key: string, favourite: boolean): Promise<void>;
  /** Takes note that it was opened now. */
  opened(key: string): Promise<void>;
}

export const IExperimentMarks = new Token<IExperimentMarks>(
  '@beamtime/experiments:IExperimentMarks',
  'The experiments that the person has marked or opened last.',
);

/** Commands of this extension. `key` is an experiment's `source:id`. */
export const CommandIDs = {
  /** `{ key?, activate? }`; without a key it shows the panel. */
  openExperiment: 'beamtime:open-experiment',
  /** `{ key? }`; without one it is the selected experiment. */
  newNotebook: 'beamtime:new-notebook',
  /** `{ key, folder }`, where `folder` is `raw` or `processed`. */
  showFolder: 'beamtime:show-folder',
  /** `{ key, relPath, path? }`: below the experiment's folder, and in the HDF5 file. */
  openFile: 'beamtime:open-file',
  /** `{ key, relPath }`: writes code that reads the file into the notebook used last. */
  insertCode: 'beamtime:insert-code',
  /** `{ key? }`: puts its folders into this session. */
  addToSession: 'beamtime:add-to-session',
  /** `{ key? }`: marks it as a favourite, or not any more. */
  toggleFavourite: 'beamtime:toggle-favourite',
  /** `{ key? }`: the path of its folder, to the clipboard. */
  copyPath: 'beamtime:copy-path',
  /** Shows the panel with the cursor in the search. */
  search: 'beamtime:search-experiments',
  /** Asks the service for the list again. */
  refresh: 'beamtime:refresh-experiments',
} as const;
