import { createHash } from 'node:crypto';
import type { HubApi, HubUser } from './hub-api.js';

/** A token that the hub has revoked works here for so long. */
const AGE_MS = 30_000;
const MOST = 10_000;

/** Remembers for half a minute whose token is whose; asks the hub once for many requests. */
export class Identities {
  /** By the token's hash: a dump of the memory shows no token. */
  private readonly known = new Map<
    string,
    { until: number; user: Promise<HubUser | null> }
  >();

  /** @param now - milliseconds. */
  constructor(
    private readonly hub: Pick<HubApi, 'userOfToken'>,
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
    const user = this.hub.userOfToken(token);
    this.forgetOld();
    this.known.set(key, { until: this.now() + AGE_MS, user });
    // A failure is not an answer: the next request asks again.
    user.catch(() => this.known.delete(key));
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
