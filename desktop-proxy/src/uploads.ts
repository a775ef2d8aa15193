import { URLExt } from '@jupyterlab/coreutils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as z from 'zod/mini';

import { Refusal } from './wire.js';

/** Where a file has gone. */
export const Uploaded = z.object({
  /** Its name there, which is another one if that was taken. */
  name: z.string(),
  /** For a person: `~/Desktop/name`. */
  path: z.string(),
});
export type Uploaded = z.infer<typeof Uploaded>;

/** A file that was not uploaded. The message is for the user. */
export class UploadError extends Error {
  override readonly name = 'UploadError';
}

/** What of Jupyter's server settings an upload needs. */
export interface UploadServer {
  baseUrl: string;
  token: string;
}

/**
 * Puts a file into the desktop's folder of the session, replacing nothing.
 *
 * By XMLHttpRequest: `fetch` does not tell how much has gone.
 *
 * @param progress - Told the bytes that have gone.
 * @throws {UploadError} if it is refused, or the session does not answer.
 */
export function upload(
  server: UploadServer,
  file: File,
  progress: (sent: number) => void,
  trans: TranslationBundle,
): Promise<Uploaded> {
  const name = encodeURIComponent(file.name);
  const request = new XMLHttpRequest();
  request.open(
    'PUT',
    URLExt.join(server.baseUrl, 'beamtime/desktop/files', name),
  );
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  if (server.token) {
    request.setRequestHeader('Authorization', `token ${server.token}`);
  }
  const xsrf = /(?:^|; )_xsrf=([^;]*)/.exec(document.cookie)?.[1];
  if (xsrf) {
    request.setRequestHeader('X-XSRFToken', xsrf);
  }
  return new Promise((resolve, reject) => {
    const fail = (message: string) => reject(new UploadError(message));
    request.upload.onprogress = ({ loaded }) => progress(loaded);
    request.onerror = () =>
      fail(
        trans.__(
          'The connection broke off. Nothing of it was kept. Try again when the network is back.',
        ),
      );
    request.onload = () => {
      const body = parsed(request.responseText);
      const uploaded = Uploaded.safeParse(body);
      if (request.status === 201 && uploaded.success) {
        resolve(uploaded.data);
        return;
      }
      const refusal = Refusal.safeParse(body);
      fail(
        refusal.success
          ? refusal.data.message
          : trans.__('Your session refused it (HTTP %1).', request.status),
      );
    };
    request.send(file);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // A page of a proxy on the way.
  }
}
