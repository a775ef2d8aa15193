import * as z from 'zod/mini';
import { httpEntry, NoAuth, SecretFile, UserAuth } from '../entry.js';
import { places } from '../remote/places-config.js';

const Text = z.string().check(z.minLength(1));

/** The service asks with an account of its own, and leaves out what the person may not see. */
const ServiceAuth = z.strictObject({
  kind: z.literal('service'),
  plugin: z._default(Text, 'db'),
  username: Text,
  passwordFile: SecretFile,
  /** The person's name in ICAT, `{name}` being that in the hub. */
  userName: z._default(Text, '{name}'),
});

/** An ICAT+; `url` is that of its API, `https://icatplus.example.org`. */
export const IcatPlusConfig = z.strictObject({
  ...httpEntry,
  kind: z.literal('icat+'),
  auth: z._default(
    z.discriminatedUnion('kind', [
      z.strictObject({
        ...UserAuth.shape,
        /** The plugin that takes the person's access token as its password. */
        plugin: z._default(Text, 'esrf'),
      }),
      NoAuth,
      ServiceAuth,
    ]),
    { kind: 'none' },
  ),
  ...places,
});
export type IcatPlusConfig = z.infer<typeof IcatPlusConfig>;
