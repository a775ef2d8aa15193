import * as z from 'zod/mini';
import { httpEntry } from '../entry.js';
import { places } from '../remote/places-config.js';

/**
 * A PaNOSC search API, of one facility or federated; `url` is that of its API,
 * `https://federated.panosc.example.org/api`. It has open data only, so nobody signs in.
 */
export const PanoscConfig = z.strictObject({
  ...httpEntry,
  kind: z.literal('panosc'),
  /** Which documents are shown. A site that stands on SciCat has no proposals there. */
  documents: z._default(z.enum(['all', 'proposal', 'publication']), 'all'),
  ...places,
});
export type PanoscConfig = z.infer<typeof PanoscConfig>;
