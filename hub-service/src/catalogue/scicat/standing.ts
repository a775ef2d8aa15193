import type { Visibility } from '@beamtime/contract';
import type { Asking } from '../adapter.js';
import type { HttpQuestion, HttpSource } from '../http/source.js';
import type { ServiceAccount } from './account.js';
import type { ScicatConfig } from './config.js';
import { type Instrument, type Proposal, WhoAmI } from './records.js';

/** As whom SciCat is asked, and what that person may see. */
export interface Standing {
  /** `null` for nobody: then SciCat gives its open data. */
  bearer: string | null;
  /** The person's groups at SciCat. */
  groups: readonly string[];
  /**
   * Set where the service's own account asks, which sees everything: the instruments, by id,
   * whose experiments the person may see as staff.
   */
  staff?: ReadonlySet<string> | 'all';
  /** Why only open data is shown, for the person. */
  problem?: string;
}

/** Decides as whom a question is asked. */
export class Doorkeeper {
  constructor(
    private readonly auth: ScicatConfig['auth'],
    private readonly http: HttpSource,
    private readonly account: ServiceAccount | null,
  ) {}

  async admit(
    asking: Asking,
    instruments: readonly Instrument[],
  ): Promise<Standing> {
    const { viewer, staffOf } = asking;
    if (viewer === null || this.auth.kind === 'none') {
      return NOBODY;
    }
    const person = this.account
      ? await this.account.tokenFor(viewer, asking)
      : await asking.token();
    const groups = person === null ? null : await this.groups(person, asking);
    if (groups === null) {
      this.account?.forget(viewer.name);
    }
    if (this.account && staffOf.length > 0) {
      const staff = staffOf === 'all' ? staffOf : idsOf(instruments, staffOf);
      const bearer = await this.account.token(asking);
      return { bearer, groups: groups ?? [], staff };
    }
    if (groups !== null) {
      return { bearer: person, groups };
    }
    // Who has no token at all is told so by the catalogue itself.
    return person === null && !this.account
      ? NOBODY
      : { ...NOBODY, problem: this.unknown() };
  }

  /** `null` if SciCat does not know the token: it would answer as to nobody, without a word. */
  private async groups(
    token: string,
    asking: Asking,
  ): Promise<readonly string[] | null> {
    const who = await this.http.getJson(
      'v3/auth/whoami',
      questionAs(token, asking),
      WhoAmI,
    );
    return who?.currentGroups ?? null;
  }

  private unknown(): string {
    const { label } = this.http;
    return this.account
      ? `Only open data of ${label} is shown: it does not know you. Sign in there once; if that does not help, ask its admins to check your account.`
      : `Only open data of ${label} is shown: it does not know who you are. Sign out of the hub and in again to see your own.`;
  }
}

const NOBODY: Standing = { bearer: null, groups: [] };

/** Why a person may see a proposal; `null` if they may not. */
export function visibilityOf(
  { groups, staff, bearer }: Standing,
  proposal: Pick<
    Proposal,
    'ownerGroup' | 'accessGroups' | 'isPublished' | 'instrumentIds'
  >,
): Visibility | null {
  const { ownerGroup, accessGroups, isPublished, instrumentIds } = proposal;
  const owners = [ownerGroup, ...accessGroups];
  if (groups.some((group) => owners.includes(group))) {
    return 'member';
  }
  const isStaff =
    staff === 'all' ||
    (staff !== undefined && (instrumentIds ?? []).some((id) => staff.has(id)));
  if (isStaff) {
    return 'staff';
  }
  // SciCat's own rules let some see more than their groups' proposals.
  const byScicat = bearer !== null && staff === undefined ? 'staff' : null;
  return isPublished ? 'public' : byScicat;
}

/** The ids of the instruments with one of the names. */
export function idsOf(
  instruments: readonly Instrument[],
  names: readonly string[],
): ReadonlySet<string> {
  return new Set(
    instruments
      .filter(({ name }) => names.includes(name))
      .map(({ pid }) => pid),
  );
}

export function questionAs(
  bearer: string | null,
  { signal }: Pick<Asking, 'signal'>,
  query: Record<string, unknown> = {},
): HttpQuestion {
  return {
    signal,
    headers: bearer === null ? {} : { authorization: `Bearer ${bearer}` },
    query: Object.fromEntries(
      Object.entries(query).map(([name, value]) => [
        name,
        JSON.stringify(value),
      ]),
    ),
  };
}
