import * as z from 'zod/mini';
import { httpEntry, NoAuth, SecretFile, UserAuth } from '../entry.js';
import { places } from '../remote/places-config.js';

const Text = z.string().check(z.minLength(1));

/** Name of a field of a proposal's metadata, which each site words for itself. */
const Field = z.string().check(
  z.regex(/^[A-Za-z_][\w -]*$/, {
    error: 'expected the name of a field of a proposal’s metadata',
  }),
);

/** An admin account of SciCat's, with which the service gets a token of ten minutes for each person. */
const ServiceAuth = z.strictObject({
  kind: z.literal('service'),
  username: Text,
  passwordFile: SecretFile,
  /** The person's user name in SciCat, `{name}` being that in the hub. */
  userName: z._default(Text, '{name}'),
  /**
   * The `iss` of the identity provider that the hub and SciCat share: people are then matched by
   * the token's `sub`, else by their user name.
   */
  issuer: z.optional(UserAuth.shape.issuer),
  /** SciCat's authentication strategy of the people, so that names of others do not match. */
  strategy: z._default(Text, 'oidc'),
});
export type ServiceAuth = z.infer<typeof ServiceAuth>;

/** A SciCat 4.x; `url` is that of its API, `https://scicat.example.org/api`. */
export const ScicatConfig = z.strictObject({
  ...httpEntry,
  kind: z.literal('scicat'),
  auth: z._default(
    z.discriminatedUnion('kind', [NoAuth, UserAuth, ServiceAuth]),
    { kind: 'none' },
  ),
  ...places,
  /** Where a proposal's metadata has the cycle. */
  cycleField: z.optional(Field),
  /** Where a proposal's metadata has the name of the local contact. */
  localContactField: z.optional(Field),
});
export type ScicatConfig = z.infer<typeof ScicatConfig>;
