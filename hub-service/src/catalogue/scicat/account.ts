import { decodeJwt } from 'jose';
import { LRUCache } from 'lru-cache';
import { type Asking, SourceError, type Viewer } from '../adapter.js';
import { AnsweredError } from '../http/faults.js';
import type { HttpSource } from '../http/source.js';
import { readSecret } from '../remote/secret.js';
import type { ServiceAuth } from './config.js';
import { Identity, Login, Minted } from './records.js';

/** How long a person's token is good, in SciCat's words; it is used for half of that. */
const LIFETIME = '10m';
const USED_MS = 5 * 60_000;
const MOST = 2_000;
/** A token is not used in its last minute. */
const MARGIN_MS = 60_000;

/** The service's own account at SciCat, and the short tokens that it gets for people. */
export class ServiceAccount {
  private own: { token: string; until: number } | null = null;
  private readonly tokens = new LRUCache<string, string>({
    max: MOST,
    ttl: USED_MS,
  });

  constructor(
    private readonly auth: ServiceAuth,
    private readonly http: HttpSource,
    private readonly now: () => number = Date.now,
  ) {}

  /** The account's own token, which sees everything. */
  async token({ signal }: Pick<Asking, 'signal'>): Promise<string> {
    if (this.own && this.now() < this.own.until) {
      return this.own.token;
    }
    const { username, passwordFile } = this.auth;
    const password = await readSecret(passwordFile, this.http.label);
    const login = await this.http
      .postJson('v3/auth/login', { username, password }, { signal }, Login)
      .catch((error: unknown) => this.refused(error));
    const until = this.now() + login.expires_in * 1000 - MARGIN_MS;
    this.own = { token: login.access_token, until };
    return login.access_token;
  }

  /** A token of the person's own; `null` if SciCat has nobody who is surely them. */
  async tokenFor(
    viewer: NonNullable<Viewer>,
    asking: Asking,
  ): Promise<string | null> {
    const kept = this.tokens.get(viewer.name);
    if (kept !== undefined) {
      return kept;
    }
    const minted = await this.mint(viewer, asking).catch((error: unknown) => {
      if (!isNotKnown(error) || this.own === null) {
        throw error;
      }
      this.own = null; // Ended before its time: once more with a new one.
      return this.mint(viewer, asking).catch((again: unknown) =>
        this.refused(again),
      );
    });
    if (minted !== null) {
      this.tokens.set(viewer.name, minted);
    }
    return minted;
  }

  forget(user: string): void {
    this.tokens.delete(user);
  }

  private async mint(
    viewer: NonNullable<Viewer>,
    asking: Asking,
  ): Promise<string | null> {
    const wanted = await this.wanted(viewer, asking);
    if (wanted === null) {
      return null;
    }
    const question = {
      signal: asking.signal,
      headers: { authorization: `Bearer ${await this.token(asking)}` },
    };
    const where = {
      [wanted.field]: wanted.value,
      authStrategy: this.auth.strategy,
    };
    const identity = await this.http
      .getJson(
        'v3/useridentities/findOne',
        { ...question, query: { filter: JSON.stringify({ where }) } },
        Identity,
      )
      .catch(ifMissing);
    if (identity === null || !wanted.fits(identity)) {
      return null;
    }
    const { jwt } = await this.http.postJson(
      `v3/users/${encodeURIComponent(identity.userId)}/jwt`,
      { expiresIn: LIFETIME },
      question,
      Minted,
    );
    return jwt;
  }

  /** It is the service that is not let in, not the person: that is for the admins to mend. */
  private refused(error: unknown): never {
    throw isNotKnown(error)
      ? new SourceError(
          'unavailable',
          `${this.http.label} does not let Beamtime in. Tell the admins of this hub: the password of the account ${this.auth.username} may be wrong, or it is not in SciCat’s ADMIN_GROUPS.`,
        )
      : error;
  }

  /** By what the person is found, and whether who was found is really them. */
  private async wanted(viewer: NonNullable<Viewer>, asking: Asking) {
    if (this.auth.issuer === undefined) {
      const name = this.auth.userName.replaceAll('{name}', viewer.name);
      return {
        field: 'profile.username',
        value: name,
        fits: ({ profile }: Identity) => profile.username === name,
      };
    }
    const sub = subjectOf(await asking.token());
    return sub === undefined
      ? null
      : {
          field: 'externalId',
          value: sub,
          fits: ({ externalId }: Identity) => externalId === sub,
        };
  }
}

/** The token is the hub's own, from the provider itself: its signature is not ours to check. */
function subjectOf(token: string | null): string | undefined {
  try {
    return token === null ? undefined : decodeJwt(token).sub;
  } catch {
    return undefined;
  }
}

function isNotKnown(error: unknown): boolean {
  return (
    error instanceof AnsweredError &&
    (error.status === 401 || error.status === 403)
  );
}

/** Nothing is there, or nothing for who asks. */
export function ifMissing(error: unknown): null {
  if (error instanceof AnsweredError && error.status === 404) {
    return null;
  }
  throw error;
}
