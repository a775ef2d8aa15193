import type {
  Caller,
  Dataset,
  Experiment,
  ExperimentQuery,
} from '@beamtime/contract';

/** Who looks; `null` for somebody who has not signed in. */
export type Viewer = Pick<Caller, 'name' | 'admin' | 'groups'> | null;

/** Part of a source's list. */
export interface AdapterPage {
  items: Experiment[];
  /** Cursor of the following part, absent on the last one. */
  next?: string;
  total?: number;
  /** Why some may be missing, for the person. */
  problem?: string;
}

/**
 * A source of experiments, read-only. Every call decides anew what the viewer may see:
 * nothing that somebody may not see ever leaves an adapter.
 */
export interface CatalogueAdapter {
  /** The configured name, first part of every experiment's key. */
  readonly source: string;
  /** What the admin should know about the source, in sentences; empty when all is well. */
  readonly problems: readonly string[];
  /** Newest first. Rejects with a sentence if the source cannot be asked. */
  experiments(viewer: Viewer, query: ExperimentQuery): Promise<AdapterPage>;
  /** `null` if there is none, or none for this viewer: they are not to know which. */
  experiment(viewer: Viewer, id: string): Promise<Experiment | null>;
  /** `null` as above. */
  datasets(viewer: Viewer, id: string): Promise<Dataset[] | null>;
}
