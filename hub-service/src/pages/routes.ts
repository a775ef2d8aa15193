import type { FastifyInstance } from 'fastify';
import * as z from 'zod/mini';
import type { Readiness } from '../readiness.js';
import { parseOrRefuse, Refusal } from '../refusal.js';
import { logFailure, toRefusal } from '../routes/failures.js';
import { experimentContent } from './experiment.js';
import { experimentsContent } from './experiments.js';
import { html } from './html.js';
import { layout } from './layout.js';
import { readListQuery } from './list-query.js';
import { listFor, namesOf } from './list.js';
import { openRoutes } from './open-routes.js';
import { ownSessions } from './own-sessions.js';
import { type PageFrame, readGuest, showPage } from './page.js';
import { STYLE, STYLE_PATH } from './style.js';
import { Trail } from './trail.js';

const KeyQuery = z.object({ key: z.string().check(z.maxLength(200)) });

/** @param hub - origin of the hub if it is another one: a start leads there from a form. */
const csp = (hub: string) =>
  `default-src 'none'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self' ${hub}; base-uri 'none'; frame-ancestors 'none'`;

/** The service's own pages, with a sign-in of their own. */
export function pageRoutes(
  app: FastifyInstance,
  readiness: Readiness,
  prefix: string,
): void {
  const trail = new Trail();
  const linksOf = () => ({
    prefix,
    hub: readiness.isReady ? readiness.parts.hub.hubUrl : null,
  });
  const frame: PageFrame = {
    prefix,
    links: linksOf,
    around: async ({ user: { name }, session: { xsrf } }) => {
      const { running, hub } = readiness.parts;
      const own = await running.of(name).catch(notNow);
      return { prefix, hub: hub.hubUrl, reader: { name, xsrf }, own };
    },
  };

  // The one form of ours that is posted.
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 16 * 1024 },
    (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );

  app.addHook('onRequest', (_request, reply, done) => {
    void reply.headers({
      'content-security-policy': csp(
        readiness.isReady ? readiness.parts.hub.host : '',
      ),
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    done();
  });

  app.setErrorHandler((error, request, reply) => {
    const refusal = toRefusal(error, request.id);
    logFailure(request.log, refusal);
    // JupyterHub ends itself when this address answers 5xx after its start (wait_for_http_server).
    const status = refusal.code === 'unavailable' ? 200 : refusal.status;
    const page = layout(
      'Beamtime',
      linksOf(),
      null,
      html`<h1>
          ${refusal.code === 'unavailable' ? 'Beamtime cannot answer now' : 'This did not work'}
        </h1>
        <p class="bt-notice" role="alert">${refusal.message}</p>
        <a class="bt-button" href="${prefix}">Open the page again</a>`,
    );
    return reply.status(status).type('text/html; charset=utf-8').send(page);
  });

  app.get('/', async (request, reply) => {
    const { parts } = readiness;
    const guest = await readGuest(request, parts);
    if (guest === null) {
      return parts.oauth.begin(request, reply);
    }
    const { catalogue } = parts;
    const query = readListQuery(request.query);
    const [around, list] = await Promise.all([
      frame.around(guest),
      listFor(catalogue, trail, guest, query),
    ]);
    const keys = (around.own?.sessions ?? []).flatMap(
      ({ experiments }) => experiments,
    );
    const nameOf = await namesOf(catalogue, guest, keys, list.page);
    const content = html`${ownSessions(around, nameOf)}
    ${experimentsContent(list, around)}`;
    return showPage(reply, frame, 'Experiments', guest, content);
  });

  app.get('/experiment', async (request, reply) => {
    const { parts } = readiness;
    const guest = await readGuest(request, parts);
    if (guest === null) {
      return parts.oauth.begin(request, reply);
    }
    const { catalogue } = parts;
    const { key } = parseOrRefuse(KeyQuery, request.query, 'The address');
    const experiment = await catalogue.experiment(guest.user, key);
    const [around, datasets] = await Promise.all([
      frame.around(guest),
      catalogue.datasets(guest.user, key, { limit: 50 }).catch(notNow),
    ]);
    return showPage(
      reply,
      frame,
      experiment.proposal,
      guest,
      experimentContent(experiment, datasets, around),
    );
  });

  openRoutes(app, readiness, frame);

  app.get('/oauth_callback', (request, reply) =>
    readiness.parts.oauth.finish(request, reply),
  );

  app.get(`/${STYLE_PATH}`, (_request, reply) =>
    reply
      .type('text/css; charset=utf-8')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .send(STYLE),
  );
}

/** Data that cannot be listed now is no reason to show nothing of the experiment. */
function notNow(error: unknown): null {
  if (error instanceof Refusal) {
    return null;
  }
  throw error;
}
