import {
  ApiError,
  ExperimentClient,
  SessionClient,
  type Fetch,
} from '@beamtime/api-client';
import { ServerConnection } from '@jupyterlab/services';
import type { IExperimentCatalogue } from './tokens.js';

/** Asks the session's own Jupyter server, with Jupyter's own authentication. */
function asJupyter(settings: ServerConnection.ISettings): Fetch {
  return (url, init) => ServerConnection.makeRequest(url.href, init, settings);
}

/**
 * Asks a service of the hub with the page's token. Never with cookies: every page of
 * the hub's origin could then ask in the person's name.
 */
function asPage(settings: ServerConnection.ISettings): Fetch {
  // Taken out of the settings: the browser's own fetch works on no other object.
  const { fetch, token } = settings;
  return (url, init) => {
    const headers = new Headers(init.headers);
    headers.set('Authorization', `Bearer ${token}`);
    return fetch(url.href, { ...init, headers, credentials: 'omit' });
  };
}

export function connectSession(
  settings: ServerConnection.ISettings,
): SessionClient {
  return new SessionClient(new URL(settings.baseUrl), asJupyter(settings));
}

/**
 * @param beamtimeUrl - of the page config: the hub's service, or a place on the Jupyter
 *   server where there is no hub; empty where nobody is to be asked.
 * @param page - the address of the page.
 */
export function connectCatalogue(
  beamtimeUrl: string,
  page: string,
  settings: ServerConnection.ISettings,
): IExperimentCatalogue {
  if (beamtimeUrl === '') {
    return nobody;
  }
  const url = new URL(beamtimeUrl, page);
  const ours = new URL('beamtime/', new URL(settings.baseUrl, page));
  const fetch = url.href === ours.href ? asJupyter(settings) : asPage(settings);
  return new PageCatalogue(url, fetch);
}

/** Larger pictures than this are no small ones. */
const THUMBNAIL_BYTES = 2_000_000;

/** The client, and pictures, which are no JSON. */
class PageCatalogue extends ExperimentClient implements IExperimentCatalogue {
  constructor(
    private readonly root: URL,
    private readonly askFor: Fetch,
  ) {
    super(root, askFor);
  }

  async thumbnail(
    key: string,
    dataset: string,
    signal: AbortSignal,
  ): Promise<Blob | null> {
    const [experiment, id] = [key, dataset].map(encodeURIComponent);
    const url = new URL(
      `api/v1/experiments/${experiment}/datasets/${id}/thumbnail`,
      this.root,
    );
    try {
      const response = await this.askFor(url, { signal });
      const blob = response.ok ? await response.blob() : null;
      return blob &&
        /^image\/(png|jpeg)/.test(blob.type) &&
        blob.size <= THUMBNAIL_BYTES
        ? blob
        : null;
    } catch {
      return null; // Nobody has lost anything.
    }
  }
}

function refuse(): Promise<never> {
  return Promise.reject(
    new ApiError(
      'refused',
      'This JupyterLab was started without an experiment service. Start it from the hub to see your experiments.',
    ),
  );
}

const nobody: IExperimentCatalogue = {
  list: refuse,
  get: refuse,
  datasets: refuse,
  files: refuse,
  filters: refuse,
  bookmarks: refuse,
  mark: refuse,
  opened: refuse,
  thumbnail: () => Promise.resolve(null),
};
