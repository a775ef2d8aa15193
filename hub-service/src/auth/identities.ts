import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { HubApi, HubUser } from './hub-api.js';

/** A token that the hub has revoked works here for so long. */
const AGE_MS = 30_000;
const MOST = 10_000;

/** Hears of people's tokens. */
export interface TokenListener {
  /** The hub has said that it is this person's. */
  seen(name: string, token: string): void;
  /** A token that was this person's is nobody's any more: they have signed out. */
  gone(name: string): void;
}

/** Remembers for half a minute whose token is whose; asks the hub once for many requests. */
export class Identities {
  /** By the token's hash: a dump of the memory shows no token. */
  private readonly known = new Map<
    string,
    { until: number; user: Promise<HubUser | null> }
  >();

  /** Whose a token was, by its hash. */
  private readonly owners = new LRUCache<string, string>({ max: MOST });

  /** @param now - milliseconds. */
  constructor(
    private readonly hub: Pick<HubApi, 'userOfToken'>,
    private readonly listener: TokenListener | null = null,
    private readonly now: () => number = () => Date.now(),
  ) {}

  /**
   * Whose token it is; `null` if nobody's.
   *
   * @throws {Refusal} `unavailable` if the hub does not answer.
   */
  userOfToken(token: string): Promise<HubUser | null> {
    const key = createHash('sha256').update(token).digest('base64');
    const hit = this.known.get(key);
    if (hit && hit.until > this.now()) {
      return hit.user;
    }
    const user = this.ask(token, key);
    this.forgetOld();
    this.known.set(key, { until: this.now() + AGE_MS, user });
    // A failure is not an answer: the next request asks again.
    user.catch(() => this.known.delete(key));
    return user;
  }

  private async ask(token: string, key: string): Promise<HubUser | null> {
    const user = await this.hub.userOfToken(token);
    const owner = this.owners.get(key);
    if (user) {
      this.owners.set(key, user.name);
      this.listener?.seen(user.name, token);
    } else if (owner !== undefined) {
      this.owners.delete(key);
      this.listener?.gone(owner);
    }
    return user;
  }

  private forgetOld(): void {
    for (const [key, { until }] of this.known) {
      if (until > this.now() && this.known.size < MOST) {
        return; // The oldest come first, and all live equally long.
      }
      this.known.delete(key);
    }
  }
}
