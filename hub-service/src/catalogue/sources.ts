import type { AccessTokens } from '../auth/access-tokens.js';
import type { SiteConfig } from '../config.js';
import { messageOf } from '../refusal.js';
import type { CatalogueAdapter } from './adapter.js';
import { type CatalogueEntry, readEntries, userIssuer } from './config.js';
import { EmbeddedCatalogue } from './embedded/embedded.js';
import { HttpSource } from './http/source.js';
import { IcatCatalogue } from './icat/icat.js';
import { IcatPlusCatalogue } from './icatplus/icatplus.js';
import { PanoscCatalogue } from './panosc/panosc.js';
import { ScicatCatalogue } from './scicat/scicat.js';
import type { TokenFor } from './source.js';

type Site = Pick<
  SiteConfig,
  'catalogue' | 'catalogues' | 'dataRoots' | 'stateDir'
>;

/** What the admin has configured, as far as it can be used. */
export interface Sources {
  adapters: CatalogueAdapter[];
  /** By source, for those that are asked as the person. */
  tokens: Record<string, TokenFor>;
  /** What is wrong with the others, in sentences for the admin. */
  problems: string[];
}

/** Makes the site's catalogues. One that cannot be made is told of, and the others work. */
export async function makeSources(
  site: Site,
  accessTokens: Pick<AccessTokens, 'of'>,
): Promise<Sources> {
  const { entries, problems } = readEntries(configured(site));
  const made = await Promise.all(
    entries.map(async (entry) => {
      try {
        return [await adapterFor(entry, site)];
      } catch (error) {
        problems.push(
          `The catalogue ${entry.name} cannot be used: ${messageOf(error)}. Mend it and restart the hub.`,
        );
        return [];
      }
    }),
  );
  const tokens: Record<string, TokenFor> = {};
  for (const entry of entries) {
    const issuer = userIssuer(entry);
    if (issuer) {
      tokens[entry.name] = {
        of: async (viewer) =>
          viewer && (await accessTokens.of(viewer.name, issuer.url)),
        needed: issuer.needed,
      };
    }
  }
  return { adapters: made.flat(), tokens, problems };
}

/** Whether a source is asked as the person, so that their tokens have to be had. */
export function wantsTokens({ tokens }: Pick<Sources, 'tokens'>): boolean {
  return Object.keys(tokens).length > 0;
}

/** The entries with the short form, one file, written out. */
function configured({ catalogue, catalogues }: Site): unknown[] {
  const short = {
    name: 'embedded',
    kind: 'embedded',
    label: 'This facility’s catalogue',
    file: catalogue,
  };
  return catalogue === undefined ? catalogues : [short, ...catalogues];
}

async function adapterFor(
  entry: CatalogueEntry,
  { dataRoots, stateDir }: Site,
): Promise<CatalogueAdapter> {
  const common = { source: entry.name, dataRoots };
  switch (entry.kind) {
    case 'embedded': {
      const adapter = new EmbeddedCatalogue({ ...entry, ...common, stateDir });
      await adapter.start();
      return adapter;
    }
    case 'icat':
      return new IcatCatalogue({ ...entry, ...common }, new HttpSource(entry));
    case 'icat+':
      return new IcatPlusCatalogue(
        { ...entry, ...common },
        new HttpSource(entry),
      );
    case 'panosc':
      return new PanoscCatalogue(
        { ...entry, ...common },
        new HttpSource(entry),
      );
    case 'scicat':
      return new ScicatCatalogue(
        { ...entry, ...common },
        new HttpSource(entry),
      );
  }
}
