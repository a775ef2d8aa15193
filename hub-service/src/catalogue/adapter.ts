import type {
  Caller,
  DataFile,
  Dataset,
  Experiment,
  ExperimentQuery,
  Filters,
  PartQuery,
  SourceProblem,
} from '@beamtime/contract';

/** Who looks; `null` for somebody who has not signed in. */
export type Viewer = Pick<Caller, 'name' | 'admin' | 'groups'> | null;

/** One question to a source. */
export interface Asking {
  viewer: Viewer;
  /**
   * The instruments whose experiments the viewer may see as staff by the site's own rules
   * (hub groups), by name, beside those that the source itself gives them; `'all'` for
   * admins of the hub and its staff groups.
   */
  staffOf: readonly string[] | 'all';
  /** Ends the question; an adapter passes it on to whatever it waits for. */
  signal: AbortSignal;
  /**
   * What the source takes as proof of who the viewer is: their access token of the site's
   * identity provider, or what the site's configuration says. `null`: ask as nobody.
   */
  token: () => Promise<string | null>;
}

/** Part of a source's list. */
export interface AdapterPage<T> {
  items: T[];
  /** Cursor of the following part, opaque to others, absent on the last one. */
  next?: string;
  /** How many there are in all, where the source says so. */
  total?: number;
  /** Rows of this part that were not as they should be, and are left out. */
  leftOut?: number;
  /** Why some may be missing, for the person. */
  problem?: string;
  /** What sort of reason that is; `unavailable` if left out. */
  problemKind?: SourceProblem['kind'];
}

/** A small picture, of at most 1 MiB. */
export interface Thumbnail {
  type: 'image/png' | 'image/jpeg';
  body: Uint8Array;
}

/** A source that cannot answer: why, for a program and in a sentence for the person. */
export class SourceError extends Error {
  constructor(
    readonly kind: SourceProblem['kind'],
    message: string,
    /** After which the source wants to be asked again. */
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}

/**
 * A source of experiments, read-only. Every call decides anew what the viewer may see:
 * nothing that somebody may not see ever leaves an adapter. Every call rejects with a
 * {@link SourceError} if the source cannot be asked, and with a `Refusal` if the query is at
 * fault. Adapters keep no answers of their own: who has seen what is the catalogue's to know.
 */
export interface CatalogueAdapter {
  /** The configured name, first part of every experiment's key. */
  readonly source: string;
  /** The source's name for people. */
  readonly label: string;
  /** What the admin should know about the source, in sentences; empty when all is well. */
  readonly problems: readonly string[];
  /** Whether the answers come from this machine: then they are not kept, but asked anew. */
  readonly isLocal?: boolean;
  experiments(
    asking: Asking,
    query: ExperimentQuery,
  ): Promise<AdapterPage<Experiment>>;
  /** `null` if there is none, or none for this viewer: they are not to know which. */
  experiment(asking: Asking, id: string): Promise<Experiment | null>;
  /** `null` as above. */
  datasets(
    asking: Asking,
    id: string,
    query: PartQuery,
  ): Promise<AdapterPage<Dataset> | null>;
  /**
   * @param id - the experiment's.
   * @param dataset - the dataset's own id. `null` as above.
   */
  files(
    asking: Asking,
    id: string,
    dataset: string,
    query: PartQuery,
  ): Promise<AdapterPage<DataFile> | null>;
  filters(asking: Asking): Promise<Omit<Filters, 'problems'>>;
  /** A small picture of a dataset; `null` if it has none. */
  thumbnail?(
    asking: Asking,
    id: string,
    dataset: string,
  ): Promise<Thumbnail | null>;
  /** The experiment with this DOI, by its id; `null` if there is none for this viewer. */
  byDoi?(asking: Asking, doi: string): Promise<string | null>;
  /** Whether the source answers, and as what; for `beamtime doctor` and the breaker. */
  probe(signal: AbortSignal): Promise<{ version?: string }>;
  /** Has this called whenever what the source holds has changed, if the source notices. */
  onChange?(changed: () => void): void;
  /** The person has signed out: ends what is kept for them, sign-ins at the source above all. */
  forget?(user: string): void;
  close?(): Promise<void>;
}
