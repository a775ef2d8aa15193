import * as z from 'zod/mini';

const WebAddress = z.url({
  protocol: /^https?$/,
  error: 'expected an address such as https://icat.example.org',
});

/** What every configured catalogue has, whatever its kind. */
export const entry = {
  /** First part of every experiment's key, so it must stay as it is. */
  name: z.string().check(
    z.regex(/^[a-z0-9][a-z0-9-]{0,31}$/, {
      error: 'expected small letters, digits and hyphens',
    }),
  ),
  /** What people know it by, in sentences: `The neutron catalogue`. */
  label: z.string().check(z.minLength(1)),
};

/** The same for a catalogue that is asked over HTTP. */
export const httpEntry = { ...entry, url: WebAddress };

/**
 * A source is asked as the person, with their access token of the identity provider. Only
 * then does `Asking.token()` give one: a JWT of this issuer that has not expired.
 */
export const UserAuth = z.strictObject({
  kind: z.literal('user'),
  /** The `iss` of the tokens; others are not sent there. */
  issuer: WebAddress,
});
export type UserAuth = z.infer<typeof UserAuth>;

/** A source is asked as nobody: for its open data. */
export const NoAuth = z.strictObject({ kind: z.literal('none') });

/** A secret's place: a file that the service's account alone can read, never the secret. */
export const SecretFile = z.string().check(
  z.regex(/^\/[^\0]*$/, {
    error: 'expected the absolute path of a file that holds the secret',
  }),
);
