import { decodeJwt } from 'jose';
import { LRUCache } from 'lru-cache';
import type { HubApi } from './hub-api.js';

/** A token that ends sooner is not worth to be used any more. */
const RESERVE_MS = 60_000;
/** After which the hub is asked again, at the latest; it may have got a newer one. */
const AGE_MS = 300_000;
/** So long a person without a token is not looked for again. */
const NONE_AGE_MS = 30_000;
const MOST = 10_000;

interface Known {
  /** Of the identity provider; `null` if there is none that can be used. */
  token: { text: string; issuer: string } | null;
  /** Milliseconds. */
  until: number;
}

/**
 * People's access tokens of the site's identity provider, as JupyterHub keeps them in its
 * auth_state. They stay in this process's memory and go to catalogues only.
 */
export class AccessTokens {
  private readonly known = new LRUCache<string, Known>({ max: MOST });
  private readonly pending = new Map<string, Promise<Known>>();
  /** A token of the hub's for each person, see {@link read}. */
  private readonly hubTokens = new LRUCache<string, string>({ max: MOST });

  /** @param now - milliseconds. */
  constructor(
    private readonly hub: Pick<HubApi, 'userOfToken' | 'accessTokenOf'>,
    private readonly now: () => number = () => Date.now(),
  ) {}

  /** The person has called us with this token of the hub's. */
  seen(name: string, hubToken: string): void {
    this.hubTokens.set(name, hubToken);
  }

  /**
   * The person's token, if that issuer has given it and it is still good.
   *
   * @param issuer - the only one whose tokens may be shown to whom it is for.
   */
  async of(name: string, issuer: string): Promise<string | null> {
    const kept = this.known.get(name);
    const { token } =
      kept && kept.until > this.now() ? kept : await this.readOnce(name);
    return token?.issuer === issuer ? token.text : null;
  }

  forget(name: string): void {
    this.known.delete(name);
    this.hubTokens.delete(name);
    this.pending.delete(name);
  }

  private async readOnce(name: string): Promise<Known> {
    const running = this.pending.get(name);
    if (running) {
      return running;
    }
    const reading = this.read(name);
    this.pending.set(name, reading);
    try {
      const found = await reading;
      if (this.pending.get(name) === reading) {
        this.known.set(name, found); // Not if they have signed out meanwhile.
      }
      return found;
    } finally {
      if (this.pending.get(name) === reading) {
        this.pending.delete(name);
      }
    }
  }

  /**
   * JupyterHub does not renew a person's tokens when a service reads them, but only when
   * something of the person's own calls it: so it is called with their token first.
   */
  private async read(name: string): Promise<Known> {
    let found = this.look(await this.ask(name));
    const hubToken = this.hubTokens.get(name);
    if (found.token === null && hubToken !== undefined) {
      await this.hub.userOfToken(hubToken).catch(() => null);
      found = this.look(await this.ask(name));
    }
    return found;
  }

  /** A hub that is away gives no token; the catalogue then shows its open part. */
  private async ask(name: string): Promise<string | null> {
    return this.hub.accessTokenOf(name).catch(() => null);
  }

  private look(text: string | null): Known {
    const none = { token: null, until: this.now() + NONE_AGE_MS };
    if (text === null) {
      return none;
    }
    try {
      const { iss, exp = Infinity } = decodeJwt(text);
      const until = Math.min(exp * 1000 - RESERVE_MS, this.now() + AGE_MS);
      return iss === undefined || until <= this.now()
        ? none
        : { token: { text, issuer: iss }, until };
    } catch {
      return none; // Opaque: nobody can tell whose it is.
    }
  }
}
