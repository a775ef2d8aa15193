import {
  Bookmarks,
  type Changed,
  DatasetPage,
  Experiment,
  ExperimentPage,
  type ExperimentQuery,
  FilePage,
  Filters,
  type PartQuery,
} from '@beamtime/contract';
import { ask, type Endpoint, type Fetch } from './ask.js';
import { listen } from './listen.js';

/**
 * The experiments that the signed-in person may see. Every call throws `ApiError` if the
 * service cannot be reached, refuses, or is not understood.
 */
export class ExperimentClient {
  private readonly service: Endpoint;
  private readonly api: URL;

  /**
   * @param baseUrl - of the service, with a slash at its end.
   * @param fetch - signs the requests; the client adds no credentials.
   */
  constructor(baseUrl: URL, fetch: Fetch) {
    this.service = { name: 'The experiment service', fetch };
    this.api = new URL('api/v1/', baseUrl);
  }

  /** Part of the list, newest first; `next` of the answer is the following part's `cursor`. */
  list(query: ExperimentQuery, signal: AbortSignal): Promise<ExperimentPage> {
    return ask(this.service, this.at(['experiments'], query), ExperimentPage, {
      signal,
    });
  }

  /** @param key - `source:id`. */
  get(key: string, signal: AbortSignal): Promise<Experiment> {
    return ask(this.service, this.at(['experiments', key]), Experiment, {
      signal,
    });
  }

  /** @param key - `source:id`. */
  datasets(
    key: string,
    query: PartQuery,
    signal: AbortSignal,
  ): Promise<DatasetPage> {
    const url = this.at(['experiments', key, 'datasets'], query);
    return ask(this.service, url, DatasetPage, { signal });
  }

  /**
   * @param key - `source:id` of the experiment.
   * @param dataset - `ref.id` of the dataset.
   */
  files(
    key: string,
    dataset: string,
    query: PartQuery,
    signal: AbortSignal,
  ): Promise<FilePage> {
    const url = this.at(
      ['experiments', key, 'datasets', dataset, 'files'],
      query,
    );
    return ask(this.service, url, FilePage, { signal });
  }

  /** What lists can be narrowed to. */
  filters(signal: AbortSignal): Promise<Filters> {
    return ask(this.service, this.at(['filters']), Filters, { signal });
  }

  bookmarks(signal: AbortSignal): Promise<Bookmarks> {
    return ask(this.service, this.at(['bookmarks']), Bookmarks, { signal });
  }

  /** Marks an experiment as a favourite, or not any more; gives all bookmarks as they are then. */
  mark(
    key: string,
    favourite: boolean,
    signal: AbortSignal,
  ): Promise<Bookmarks> {
    const url = this.at(['bookmarks', 'favourites', key]);
    return ask(this.service, url, Bookmarks, {
      method: favourite ? 'PUT' : 'DELETE',
      signal,
    });
  }

  /** Keeps that an experiment was opened now; gives all bookmarks as they are then. */
  opened(key: string, signal: AbortSignal): Promise<Bookmarks> {
    const url = this.at(['bookmarks', 'recent', key]);
    return ask(this.service, url, Bookmarks, { method: 'PUT', signal });
  }

  /**
   * Tells of changes as they happen, until the signal ends it; the abort is no error.
   *
   * @throws {ApiError} when the service ends the stream, which it does now and then, or is
   *   away: call again after a while.
   */
  changes(
    signal: AbortSignal,
    changed: (what: Changed['what']) => void,
  ): Promise<void> {
    return listen(this.service, this.at(['events']), signal, changed);
  }

  private at(
    path: readonly string[],
    query: Record<string, string | number | readonly string[] | undefined> = {},
  ): URL {
    const url = new URL(path.map(encodeURIComponent).join('/'), this.api);
    for (const [name, value] of Object.entries(query)) {
      for (const one of [value].flat()) {
        if (one !== undefined && one !== '') {
          url.searchParams.append(name, String(one));
        }
      }
    }
    return url;
  }
}
