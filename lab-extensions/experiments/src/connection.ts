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
  return new ExperimentClient(url, fetch);
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
};
