import type { Experiment } from '@beamtime/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import type { PageSession } from '../auth/page-sessions.js';
import type { Viewer } from '../catalogue/adapter.js';
import type { Readiness } from '../readiness.js';
import { parseOrRefuse, Refusal } from '../refusal.js';
import {
  type DataLink,
  fileBelow,
  labPath,
  linkQuery,
  readLink,
} from '../sessions/link.js';
import { atMost } from '../timing.js';
import {
  type Again,
  openContent,
  refusedContent,
  signInContent,
  type Target,
} from './open.js';
import { type Guest, type PageFrame, readGuest, showPage } from './page.js';
import { type Around, nameFor, progressAddress } from './start.js';

/** After this the hub's own page tells how the start goes on. */
const PATIENCE_MS = 5_000;

/** The hub sets this cookie for the whole site: whoever has it need not be asked to sign in. */
const HUB_SESSION = 'jupyterhub-session-id';

const SignIn = z.object({ 'sign-in': z.optional(z.string()) });
const StartForm = z.object({
  xsrf: z.string(),
  server: z.string().check(z.maxLength(255)),
});

/** One link for each experiment, dataset, file and place in a file. */
export function openRoutes(
  app: FastifyInstance,
  readiness: Readiness,
  frame: PageFrame,
): void {
  app.get('/open', async (request, reply) => {
    const { parts } = readiness;
    const link = readLink(request.query);
    const guest = await readGuest(request, parts);
    if (guest === null) {
      const open = wantsSignIn(request)
        ? null
        : await publicTarget(readiness, link);
      return open
        ? showPage(
            reply,
            frame,
            'Open data',
            null,
            signInContent(open, frame.prefix),
          )
        : parts.oauth.begin(request, reply);
    }
    const target = await targetOf(readiness, guest, link);
    const around = await frame.around(guest);
    const again = await againOf(readiness, guest, target, around);
    return showPage(
      reply,
      frame,
      'Open data',
      guest,
      openContent(target, around, again),
    );
  });

  app.post('/open', async (request, reply) => {
    const { parts } = readiness;
    const link = readLink(request.query);
    const guest = await readGuest(request, parts);
    if (guest === null) {
      return reply.redirect(`${frame.prefix}open?${linkQuery(link)}`, 303);
    }
    const { xsrf, server } = parseOrRefuse(StartForm, request.body, 'The form');
    sameOrigin(request, xsrf, guest.session, readiness);
    const target = await targetOf(readiness, guest, link);
    const around = await frame.around(guest);
    const started = await start(readiness, guest, target, server);
    return started === null
      ? reply.redirect(progressAddress(around, server), 303)
      : showPage(
          reply.status(409),
          frame,
          'Not started',
          guest,
          refusedContent(target, around, started),
        );
  });
}

/** Starts the session as its owner; gives what is wrong, `null` if it is on its way. */
async function start(
  readiness: Readiness,
  { user, session }: Guest,
  { experiment, lab }: Target,
  server: string,
): Promise<string | null> {
  const { sessions, servers } = readiness.parts;
  const { source, id } = experiment.ref;
  const chosen =
    lab === null
      ? null
      : await sessions.again(
          { ...user, unixGroups: null },
          `${source}:${id}`,
          `/${lab}`,
        );
  if (chosen === null) {
    return 'The session that you had last cannot be had any more.';
  }
  const answer = servers.start(session.token, user.name, server, {
    user_options: chosen.request,
    ...(server !== '' && { display_name: experiment.proposal }),
  });
  let said: string | null = null;
  const told = answer.then((value) => {
    if (!value.ok) {
      said = value.mayNot
        ? 'The hub does not let this page start sessions for you. Choose one in the form.'
        : value.message;
    }
  });
  // What fails later is told by the hub's own page; what fails now, here.
  told.catch(() => undefined);
  await atMost(PATIENCE_MS, told);
  return said;
}

/** What the link leads to. For what is not there, and for what is not to be known, one answer. */
async function targetOf(
  readiness: Readiness,
  { user }: Guest,
  link: DataLink,
): Promise<Target> {
  const found = await experimentOf(readiness, user, link);
  if (found === null) {
    throw new Refusal(
      'not-found',
      `This link leads to nothing that you may see here. If it should, you may be signed in with another account (this one is ${user.name}), or the data is under embargo and you are not on its team: ask the person who gave you the link, or the user office.`,
    );
  }
  return toTarget(found, link);
}

/** The same for somebody who has not signed in; `null` if it is nothing to show. */
async function publicTarget(
  readiness: Readiness,
  link: DataLink,
): Promise<Target | null> {
  try {
    const found = await experimentOf(readiness, null, link);
    return found && toTarget(found, link);
  } catch (error) {
    if (error instanceof Refusal) {
      return null; // They are told after signing in.
    }
    throw error;
  }
}

function toTarget(experiment: Experiment, link: DataLink): Target {
  const file = fileBelow(experiment, link.file);
  const { path } = link;
  return {
    experiment,
    file,
    path,
    lab: labPath(experiment, file, path),
    query: linkQuery(link),
  };
}

async function experimentOf(
  { parts: { catalogue } }: Readiness,
  viewer: Viewer,
  { key, doi }: DataLink,
): Promise<Experiment | null> {
  const named = key ?? (await catalogue.byDoi(viewer, doi));
  return named === null ? null : catalogue.find(viewer, named);
}

async function againOf(
  readiness: Readiness,
  { user, session }: Guest,
  { experiment, lab }: Target,
  { own }: Around,
): Promise<Again | null> {
  const server = nameFor(own, experiment);
  if (lab === null || server === null || experiment.dataPath === undefined) {
    return null;
  }
  const { source, id } = experiment.ref;
  try {
    const again = await readiness.parts.sessions.again(
      { ...user, unixGroups: null },
      `${source}:${id}`,
      `/${lab}`,
    );
    return again && { summary: again.summary, server, xsrf: session.xsrf };
  } catch (error) {
    if (error instanceof Refusal) {
      return null; // The form says what is wrong with the cluster.
    }
    throw error;
  }
}

function wantsSignIn({ query, cookies }: FastifyRequest): boolean {
  const read = SignIn.safeParse(query);
  return (
    cookies[HUB_SESSION] !== undefined ||
    (read.success && read.data['sign-in'] !== undefined)
  );
}

/** A start comes from our own page alone, by a click. */
function sameOrigin(
  { headers }: FastifyRequest,
  xsrf: string,
  session: PageSession,
  { parts: { pageSessions } }: Readiness,
): void {
  const site = headers['sec-fetch-site'];
  if (
    (site !== undefined && site !== 'same-origin') ||
    !pageSessions.isXsrf(session, xsrf)
  ) {
    throw new Refusal(
      'forbidden',
      'This did not come from the page that asks before a session is started. Open the link again.',
    );
  }
}
