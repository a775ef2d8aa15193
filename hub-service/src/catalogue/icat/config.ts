import * as z from 'zod/mini';
import { httpEntry, NoAuth, SecretFile, UserAuth } from '../entry.js';

const Text = z.string().check(z.minLength(1));

/** A folder name made of what is known of an experiment: see `fillTemplate`. */
export const Template = z.string().check(
  z.regex(
    /^([^{}]|\{(id|proposal|visit|instrument|cycle|year|date|doi)(:(lower|upper))?\})+$/,
    {
      error:
        'expected text with {id}, {proposal}, {visit}, {instrument}, {cycle}, {year}, {date} or {doi}, each also as {proposal:lower} or {proposal:upper}',
    },
  ),
);

/** Where a catalogue's data lies on this machine, and an experiment in the catalogue's portal. */
export const places = {
  /** The experiment's folder, for instance `/data/visitor/{proposal:lower}/{instrument:lower}/{date}`. */
  dataPath: z.optional(Template),
  /** The experiment's page in the catalogue's portal. */
  portal: z.optional(Template),
  /** What a location in the catalogue that is not absolute is below. */
  locationBase: z.optional(z.string().check(z.startsWith('/'))),
  /** Beginnings of locations that are others here, for instance of a Windows share. */
  locations: z._default(
    z.array(z.strictObject({ from: Text, to: z.string() })),
    [],
  ),
};

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
