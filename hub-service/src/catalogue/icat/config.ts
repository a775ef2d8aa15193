import * as z from 'zod/mini';
import { httpEntry, NoAuth, SecretFile, UserAuth } from '../entry.js';
import { places } from '../remote/places-config.js';

const Text = z.string().check(z.minLength(1));

/** The service asks with an account of its own, and leaves out what the person may not see. */
const AccountAuth = z.strictObject({
  kind: z.literal('service'),
  /** Mnemonic of the authenticator, as `/properties` has it. */
  plugin: Text,
  username: Text,
  passwordFile: SecretFile,
  /** The person's name in ICAT, `{name}` being that in the hub: `db/{name}`. */
  userName: z._default(Text, '{name}'),
});
export type AccountAuth = z.infer<typeof AccountAuth>;

export const IcatConfig = z.strictObject({
  ...httpEntry,
  kind: z.literal('icat'),
  auth: z._default(
    z.discriminatedUnion('kind', [
      z.strictObject({
        ...UserAuth.shape,
        /** Mnemonic of the authenticator that takes the token. */
        plugin: z._default(Text, 'oidc'),
      }),
      NoAuth,
      AccountAuth,
    ]),
    { kind: 'none' },
  ),
  ...places,
  /** Names of dataset parameters that are shown in a dataset's description. */
  datasetParameters: z._default(z.array(Text), []),
});
export type IcatConfig = z.infer<typeof IcatConfig>;
