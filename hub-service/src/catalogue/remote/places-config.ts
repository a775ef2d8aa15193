import * as z from 'zod/mini';

/** A folder name made of what is known of an experiment: see `Places`. */
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
    z.array(
      z.strictObject({
        from: z.string().check(z.minLength(1)),
        to: z.string(),
      }),
    ),
    [],
  ),
};
