import type { CatalogueAdapter } from '../catalogue/adapter.js';
import { readEntries, userIssuer } from '../catalogue/config.js';
import { makeSources } from '../catalogue/sources.js';
import type { SiteConfig } from '../config.js';
import { messageOf } from '../refusal.js';
import { type Finding, inArea } from './finding.js';

const { ok, advice, wrong } = inArea('catalogues');
const DEADLINE_MS = 10_000;

/** The scope with which the service gets its users' access tokens from the hub. */
export const TOKENS_SCOPE = 'admin:auth_state';

/** Whether a catalogue is asked as the person, with a token that the hub keeps. */
export function wantsUserTokens(site: SiteConfig): boolean {
  return entriesOf(site).some((entry) => userIssuer(entry) !== null);
}

const entriesOf = ({ catalogues }: SiteConfig) =>
  readEntries(catalogues).entries;

/** Asks each catalogue whether it is there. */
export async function lookAtCatalogues(site: SiteConfig): Promise<Finding[]> {
  const elsewhere = site.catalogues.filter((raw) => !isEmbedded(raw));
  // The embedded one is the service's own file, which only the service opens.
  const { adapters, problems } = await makeSources(
    { ...site, catalogue: undefined, catalogues: elsewhere },
    { of: () => Promise.resolve(null) },
  );
  try {
    const asked = await Promise.all(adapters.map(probe));
    const all = site.catalogues.length + (site.catalogue === undefined ? 0 : 1);
    return [
      all === 0
        ? advice(
            'There is no catalogue: nobody sees experiments.',
            'Name one in configure: catalogues=[…].',
          )
        : ok(
            `Configured: ${all}. What the service finds wrong with one that it keeps itself stands above.`,
          ),
      ...problems.map((problem) => wrong(problem, 'Then run this again.')),
      ...asked,
      ...entriesOf(site).flatMap((entry) => {
        const issuer = userIssuer(entry);
        return issuer === null
          ? []
          : [
              ok(
                `${entry.name} is asked as each person, with their token of ${issuer.url}${issuer.needed ? '' : ', or without it for open data'}.`,
              ),
            ];
      }),
    ];
  } finally {
    await Promise.allSettled(adapters.map(async (each) => each.close?.()));
  }
}

async function probe(adapter: CatalogueAdapter): Promise<Finding> {
  const began = performance.now();
  try {
    const { version } = await adapter.probe(AbortSignal.timeout(DEADLINE_MS));
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    return ok(
      `${adapter.source} answers${version === undefined ? '' : ` as version ${version}`} (${seconds} s).`,
    );
  } catch (error) {
    return wrong(
      `${adapter.source} does not answer: ${messageOf(error)}`,
      'Try its url with curl from this machine. Until then its experiments are missing, and a line says so.',
    );
  }
}

function isEmbedded(raw: unknown): boolean {
  return (
    typeof raw === 'object' &&
    raw !== null &&
    'kind' in raw &&
    raw.kind === 'embedded'
  );
}
