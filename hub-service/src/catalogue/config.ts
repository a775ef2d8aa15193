import * as z from 'zod/mini';
import { describeIssues } from '../refusal.js';
import { EmbeddedConfig } from './embedded/config.js';
import { IcatConfig } from './icat/config.js';
import { IcatPlusConfig } from './icatplus/config.js';
import { PanoscConfig } from './panosc/config.js';
import { ScicatConfig } from './scicat/config.js';

/** One entry of `catalogues`: each kind has its own settings. */
export const CatalogueEntry = z.discriminatedUnion('kind', [
  EmbeddedConfig,
  IcatConfig,
  IcatPlusConfig,
  ScicatConfig,
  PanoscConfig,
]);
export type CatalogueEntry = z.infer<typeof CatalogueEntry>;

const Named = z.object({ name: z.string() });

/**
 * Reads the catalogues one by one: a wrong entry costs itself and not the service.
 *
 * @returns what is wrong, in sentences for the admin, beside the good ones.
 */
export function readEntries(raw: readonly unknown[]): {
  entries: CatalogueEntry[];
  problems: string[];
} {
  const entries: CatalogueEntry[] = [];
  const problems: string[] = [];
  raw.forEach((item, index) => {
    const parsed = CatalogueEntry.safeParse(item);
    const named = Named.safeParse(item);
    const which = named.success
      ? `The catalogue ${named.data.name}`
      : `Catalogue ${index + 1}`;
    if (!parsed.success) {
      problems.push(
        `${which} is left out, because its configuration is wrong at ${describeIssues(parsed.error)} Mend it in jupyterhub_config.py and restart the hub.`,
      );
    } else if (entries.some(({ name }) => name === parsed.data.name)) {
      problems.push(
        `${which} is left out: there is another one of this name. Give each a name of its own in jupyterhub_config.py and restart the hub.`,
      );
    } else {
      entries.push(parsed.data);
    }
  });
  return { entries, problems };
}

/** Whose tokens a source is shown, and whether it needs them for more than its open part. */
export function userIssuer(
  entry: CatalogueEntry,
): { url: string; needed: boolean } | null {
  if (!('auth' in entry) || !('issuer' in entry.auth)) {
    return null;
  }
  const { kind, issuer } = entry.auth;
  return issuer === undefined ? null : { url: issuer, needed: kind === 'user' };
}
