import * as z from 'zod/mini';
import { type Asking, SourceError } from '../adapter.js';
import { AnsweredError } from '../http/faults.js';
import type { HttpSource } from '../http/source.js';
import type { IcatConfig } from './config.js';
import { type Query, render } from './jpql.js';
import { KeptSessions } from '../remote/kept-sessions.js';
import { type Actor, identify, type Identity } from './login.js';
import { Hits, IcatFault, Login, Properties } from './records.js';

const MINUTE_MS = 60_000;
/** Sessions belong to several questions: none of these ends their beginning or end. */
const never = new AbortController().signal;

/** ICAT refuses an answer of more entities than its `maxEntities`, included ones counted. */
export class TooManyEntities extends Error {}

/** A question that ICAT does not know how to read; a fault of ours, or of a search's words. */
export class BadParameter extends SourceError {}

/** A session that ICAT does not know, or any more. */
class UnknownSession extends Error {}

/** One question's way to ICAT. */
export interface Connection {
  actor: Actor;
  maxEntities: number;
  /** @throws {TooManyEntities} */
  query: <S extends z.ZodMiniType>(
    query: Query,
    schema: S,
  ) => Promise<z.output<S>>;
  /** Ids of the experiments that the server's search engine finds; none if it has no engine. */
  search: (text: string, most: number) => Promise<number[]>;
}

/**
 * ICAT's REST API. The session's id is in the query of every URL, and in what ICAT says of it:
 * neither URL nor ICAT's words leave this class.
 */
export class IcatApi {
  private properties: Promise<Properties> | null = null;
  private readonly sessions = new KeptSessions({
    renew: (id) => this.http.send('PUT', session(id), { signal: never }),
    end: (id) => this.http.send('DELETE', session(id), { signal: never }),
  });

  constructor(
    private readonly http: HttpSource,
    private readonly auth: IcatConfig['auth'],
  ) {}

  async connect(asking: Asking): Promise<Connection> {
    const identity = await identify(this.auth, this.http.label, asking);
    const { maxEntities } = await this.limits();
    const ask = <S extends z.ZodMiniType>(
      path: string,
      query: Record<string, string | number>,
      schema: S,
    ) =>
      this.inSession(identity, (sessionId) =>
        this.http.getJson(
          path,
          { query: { sessionId, ...query }, signal: asking.signal },
          schema,
        ),
      );
    return {
      actor: identity.actor,
      maxEntities,
      query: (query, schema) =>
        ask('entityManager', { query: render(query) }, schema),
      search: async (text, maxCount) => {
        const query = JSON.stringify({ target: 'Investigation', text });
        const hits = await ask('search/documents', { query, maxCount }, Hits);
        return hits.results.map(({ id }) => id);
      },
    };
  }

  async version(signal: AbortSignal): Promise<string> {
    const schema = z.object({ version: z.string() });
    const ask = () => this.http.getJson('version', { signal }, schema);
    return (await this.inWords(ask)).version;
  }

  /** Ends a person's session. */
  forget(user: string): void {
    this.sessions.forget(`person ${user}`);
  }

  close(): Promise<void> {
    return this.sessions.close();
  }

  /** Asks in the person's session; in a new one if ICAT has forgotten it. */
  private async inSession<T>(
    identity: Identity,
    ask: (sessionId: string) => Promise<T>,
  ): Promise<T> {
    const begin = () => this.begin(identity);
    const { id } = await this.sessions.get(identity.key, begin);
    try {
      return await this.inWords(() => ask(id));
    } catch (error) {
      if (!(error instanceof UnknownSession)) {
        throw error;
      }
    }
    this.sessions.drop(identity.key, id);
    const { id: another } = await this.sessions.get(identity.key, begin);
    try {
      return await this.inWords(() => ask(another));
    } catch (error) {
      throw error instanceof UnknownSession ? this.signedOut() : error;
    }
  }

  private async begin(
    identity: Identity,
  ): Promise<{ id: string; lifetimeMs: number }> {
    const properties = await this.limits();
    const json = JSON.stringify(await identity.credentials(properties));
    try {
      const { sessionId } = await this.inWords(() =>
        this.http.postForm('session', { json }, { signal: never }, Login),
      );
      const lifetimeMs = properties.lifetimeMinutes * MINUTE_MS;
      return { id: sessionId, lifetimeMs };
    } catch (error) {
      this.properties = null; // What it offers may have changed.
      throw error instanceof UnknownSession ? this.signedOut() : error;
    }
  }

  private limits(): Promise<Properties> {
    this.properties ??= this.inWords(() =>
      this.http.getJson('properties', { signal: never }, Properties),
    ).catch((error: unknown) => {
      this.properties = null;
      throw error;
    });
    return this.properties;
  }

  /** What ICAT's refusals mean: told by their code, never by their status. */
  private async inWords<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof AnsweredError)) {
        throw error;
      }
      const fault = IcatFault.safeParse(error.body);
      throw fault.success
        ? this.meaning(fault.data.code)
        : new SourceError(error.kind, error.message, error.retryAfterMs);
    }
  }

  private meaning(code: string): Error {
    switch (code) {
      case 'SESSION':
        return new UnknownSession();
      case 'VALIDATION':
        return new TooManyEntities();
      case 'INSUFFICIENT_PRIVILEGES':
        return new SourceError(
          'forbidden',
          `${this.http.label} does not let you see this. If you are on the team, ask the user office.`,
        );
      case 'BAD_PARAMETER':
      case 'NO_SUCH_OBJECT_FOUND':
      case 'NOT_IMPLEMENTED':
        return new BadParameter(
          'not-understood',
          `${this.http.label} did not accept the question. Tell the admins of this hub: its address may be wrong, or its version another.`,
        );
      default:
        return new SourceError(
          'unavailable',
          `${this.http.label} has a fault of its own. Try again in a minute.`,
        );
    }
  }

  private signedOut(): SourceError {
    return new SourceError(
      'signed-out',
      this.auth.kind === 'user'
        ? `${this.http.label} does not accept your sign-in. Sign out of the hub and in again; if that does not help, ask the admins of this hub.`
        : `${this.http.label} does not accept the service’s sign-in. Tell the admins of this hub.`,
    );
  }
}

const session = (id: string) => `session/${encodeURIComponent(id)}`;
