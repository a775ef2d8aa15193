import type * as z from 'zod/mini';
import { type Asking, SourceError } from '../adapter.js';
import { AnsweredError } from '../http/faults.js';
import type { HttpQuestion, HttpSource } from '../http/source.js';
import { type Kept, KeptSessions } from '../remote/kept-sessions.js';
import { readSecret } from '../remote/secret.js';
import type { IcatPlusConfig } from './config.js';
import { Session } from './records.js';

const MINUTE_MS = 60_000;
const LIFETIME_MINUTES = 60;
const never = new AbortController().signal;

/** As whom ICAT+ is asked. */
export type Actor =
  /** As the person; the name that ICAT knows them by, where it says so. */
  | { kind: 'person'; user: string | null; isScientist: boolean }
  /** With the service's account, for the person of this name in ICAT; `null` for nobody. */
  | { kind: 'service'; user: string | null }
  /** Without a session: open datasets only. */
  | { kind: 'nobody' };

interface PlusSession extends Kept {
  user: string | null;
  isScientist: boolean;
}

type Query = NonNullable<HttpQuestion['query']>;

/** One question's way to ICAT+. */
export interface PlusConnection {
  actor: Actor;
  /** @param path - by the session's id, which is in most of them. */
  get: <S extends z.ZodMiniType>(
    path: (sessionId: string) => string,
    query: Query,
    schema: S,
  ) => Promise<z.output<S>>;
}

/** The question itself was refused, not the person. */
export class NotAccepted extends SourceError {}

/**
 * ICAT+'s API. The session's id is in most paths, so neither URL nor body of a refusal leave
 * this class. It answers a session that it does not know by 403 without a word.
 */
export class IcatPlusApi {
  private readonly sessions = new KeptSessions<PlusSession>({
    renew: (id) => this.http.send('PUT', sessionPath(id), { signal: never }),
    end: (id) => this.http.send('DELETE', sessionPath(id), { signal: never }),
  });

  constructor(
    private readonly http: HttpSource,
    private readonly auth: IcatPlusConfig['auth'],
  ) {}

  async connect(asking: Asking): Promise<PlusConnection> {
    const login = await this.loginOf(asking);
    if (login === null) {
      const get: PlusConnection['get'] = (path, query, schema) =>
        this.inWords(() =>
          this.http.getJson(path(''), { query, signal: asking.signal }, schema),
        );
      return { actor: { kind: 'nobody' }, get };
    }
    const begin = () => this.begin(login.body);
    const { user, isScientist } = await this.sessions.get(login.key, begin);
    return {
      actor:
        this.auth.kind === 'service'
          ? { kind: 'service', user: login.user }
          : { kind: 'person', user, isScientist },
      get: async (path, query, schema) => {
        const ask = ({ id }: PlusSession) =>
          this.http.getJson(
            path(encodeURIComponent(id)),
            {
              query,
              headers: { authorization: `Bearer ${id}` },
              signal: asking.signal,
            },
            schema,
          );
        const session = await this.sessions.get(login.key, begin);
        try {
          return await ask(session);
        } catch (error) {
          if (!isRefusal(error)) {
            throw this.toWords(error);
          }
        }
        this.sessions.drop(login.key, session.id);
        const another = await this.sessions.get(login.key, begin);
        return this.inWords(() => ask(another));
      },
    };
  }

  /** What needs no session. */
  open<S extends z.ZodMiniType>(
    path: string,
    signal: AbortSignal,
    schema: S,
  ): Promise<z.output<S>> {
    return this.inWords(() => this.http.getJson(path, { signal }, schema));
  }

  forget(user: string): void {
    this.sessions.forget(`person ${user}`);
  }

  close(): Promise<void> {
    return this.sessions.close();
  }

  /** `null` for who has no way in. */
  private async loginOf({ viewer, token }: Asking): Promise<{
    key: string;
    user: string | null;
    body: () => Promise<object>;
  } | null> {
    const { auth } = this;
    switch (auth.kind) {
      case 'none':
        return null;
      case 'user': {
        const password = viewer && (await token());
        return password === null
          ? null
          : {
              key: `person ${viewer?.name}`,
              user: null,
              body: () => Promise.resolve({ plugin: auth.plugin, password }),
            };
      }
      case 'service':
        return {
          key: 'service',
          user: viewer && auth.userName.replaceAll('{name}', viewer.name),
          body: async () => ({
            plugin: auth.plugin,
            username: auth.username,
            password: await readSecret(auth.passwordFile, this.http.label),
          }),
        };
    }
  }

  private async begin(body: () => Promise<object>): Promise<PlusSession> {
    try {
      const session = await this.http.postJson(
        'session',
        await body(),
        { signal: never },
        Session,
      );
      const minutes = session.lifeTimeMinutes ?? LIFETIME_MINUTES;
      return {
        id: session.sessionId,
        lifetimeMs: minutes * MINUTE_MS,
        user: session.name ?? session.username ?? null,
        isScientist: session.isInstrumentScientist ?? true,
      };
    } catch (error) {
      throw isRefusal(error)
        ? new SourceError(
            'signed-out',
            this.auth.kind === 'user'
              ? `${this.http.label} does not accept your sign-in. Sign out of the hub and in again; if that does not help, ask the admins of this hub.`
              : `${this.http.label} does not accept the service’s sign-in. Tell the admins of this hub.`,
          )
        : this.toWords(error);
    }
  }

  private async inWords<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      throw this.toWords(error);
    }
  }

  private toWords(error: unknown): unknown {
    if (!(error instanceof AnsweredError)) {
      return error;
    }
    const { kind, message, retryAfterMs } = error;
    return kind === 'not-understood'
      ? new NotAccepted(kind, message)
      : new SourceError(kind, message, retryAfterMs);
  }
}

const sessionPath = (id: string) => `session/${encodeURIComponent(id)}`;

function isRefusal(error: unknown): boolean {
  return (
    error instanceof AnsweredError &&
    (error.status === 401 || error.status === 403)
  );
}
