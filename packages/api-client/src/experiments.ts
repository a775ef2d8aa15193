import {
  DatasetPage,
  Experiment,
  ExperimentPage,
  type ExperimentQuery,
} from '@beamtime/contract';
import { ask, type Endpoint, type Fetch } from './ask.js';

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
    this.api = new URL('api/v1/experiments', baseUrl);
  }

  /** Part of the list, newest first; `next` of the answer is the following part's `cursor`. */
  list(query: ExperimentQuery, signal: AbortSignal): Promise<ExperimentPage> {
    const url = new URL(this.api);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined && value !== '') {
        url.searchParams.set(name, String(value));
      }
    }
    return ask(this.service, url, ExperimentPage, { signal });
  }

  /** @param key - `source:id`. */
  get(key: string, signal: AbortSignal): Promise<Experiment> {
    return ask(this.service, this.of(key), Experiment, { signal });
  }

  /** @param key - `source:id`. */
  datasets(key: string, signal: AbortSignal): Promise<DatasetPage> {
    const url = new URL(`${this.of(key).href}/datasets`);
    return ask(this.service, url, DatasetPage, { signal });
  }

  private of(key: string): URL {
    return new URL(`${this.api.href}/${encodeURIComponent(key)}`);
  }
}
