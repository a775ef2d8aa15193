import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Readiness } from '../readiness.js';
import { Refusal } from '../refusal.js';
import { readQuery } from '../routes/api.js';
import { logFailure, toRefusal } from '../routes/failures.js';
import { experimentsContent } from './experiments.js';
import { html } from './html.js';
import { layout } from './layout.js';
import { STYLE, STYLE_PATH } from './style.js';

const CSP =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The service's own pages, with a sign-in of their own. */
export function pageRoutes(
  app: FastifyInstance,
  readiness: Readiness,
  prefix: string,
): void {
  const linksOf = () => ({
    prefix,
    hub: readiness.isReady ? readiness.parts.hub.hubUrl : null,
  });

  app.addHook('onRequest', (_request, reply, done) => {
    void reply.headers({
      'content-security-policy': CSP,
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
    return sendPage(reply.status(status), page);
  });

  app.get('/', async (request, reply) => {
    navigationOnly(request);
    const { pageSessions, identities, oauth, catalogue, hub } = readiness.parts;
    const session = pageSessions.of(request);
    const user = session && (await identities.userOfToken(session.token));
    if (!session || !user) {
      return oauth.begin(request, reply);
    }
    request.who = { user: user.name, server: null };
    const query = readQuery(request.query);
    const page = await catalogue.experiments(user, query);
    const links = { prefix, hub: hub.hubUrl };
    return sendPage(
      reply,
      layout(
        'Experiments',
        links,
        { name: user.name, xsrf: session.xsrf },
        experimentsContent(page, query, user.name, links),
      ),
    );
  });

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

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(page);
}

/** A page is for a person who goes there, not for a script of another page on this origin. */
function navigationOnly({ headers }: FastifyRequest): void {
  const mode = headers['sec-fetch-mode'];
  const to = headers['sec-fetch-dest'];
  if (
    (mode !== undefined && mode !== 'navigate') ||
    (to !== undefined && to !== 'document')
  ) {
    throw new Refusal('forbidden', 'Open this page in a tab of its own.');
  }
}
