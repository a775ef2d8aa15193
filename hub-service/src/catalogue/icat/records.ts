import * as z from 'zod/mini';

/** What ICAT's server answers, as far as we read it. Absent fields are omitted, lists never. */

export const Properties = z.object({
  maxEntities: z.int(),
  lifetimeMinutes: z.number(),
  authenticators: z.array(
    z.object({
      mnemonic: z.string(),
      keys: z._default(
        z.array(z.object({ name: z.string(), hide: z.optional(z.boolean()) })),
        [],
      ),
    }),
  ),
});
export type Properties = z.infer<typeof Properties>;

export const Login = z.object({ sessionId: z.string() });

/** The body of every refusal. What it says is not for people: it may name the session. */
export const IcatFault = z.object({ code: z.string() });

const User = z.object({
  name: z.string(),
  fullName: z.optional(z.string()),
  givenName: z.optional(z.string()),
  familyName: z.optional(z.string()),
  email: z.optional(z.string()),
  orcidId: z.optional(z.string()),
  affiliation: z.optional(z.string()),
});
export type User = z.infer<typeof User>;

const HasUser = z.object({ user: z.optional(User) });

const Instrument = z.object({
  name: z.string(),
  fullName: z.optional(z.string()),
  instrumentScientists: z._default(z.array(HasUser), []),
});

/** What `INCLUDE` brings may be missing: the server drops silently what the rules do not allow. */
export const InvestigationRow = z.object({
  Investigation: z.object({
    id: z.int(),
    name: z.string().check(z.minLength(1)),
    visitId: z.optional(z.string()),
    title: z.string(),
    summary: z.optional(z.string()),
    doi: z.optional(z.string()),
    startDate: z.optional(z.string()),
    endDate: z.optional(z.string()),
    releaseDate: z.optional(z.string()),
    fileCount: z.optional(z.int()),
    fileSize: z.optional(z.int()),
    investigationInstruments: z._default(
      z.array(z.object({ instrument: z.optional(Instrument) })),
      [],
    ),
    investigationUsers: z._default(
      z.array(
        z.object({ role: z._default(z.string(), ''), user: z.optional(User) }),
      ),
      [],
    ),
    investigationFacilityCycles: z._default(
      z.array(
        z.object({ facilityCycle: z.optional(z.object({ name: z.string() })) }),
      ),
      [],
    ),
  }),
});
export type Investigation = z.infer<typeof InvestigationRow>['Investigation'];

const Parameter = z.object({
  stringValue: z.optional(z.string()),
  numericValue: z.optional(z.number()),
  dateTimeValue: z.optional(z.string()),
  type: z.optional(
    z.object({ name: z.string(), units: z.optional(z.string()) }),
  ),
});
export type Parameter = z.infer<typeof Parameter>;

export const DatasetRow = z.object({
  Dataset: z.object({
    id: z.int(),
    name: z.string(),
    description: z.optional(z.string()),
    doi: z.optional(z.string()),
    startDate: z.optional(z.string()),
    endDate: z.optional(z.string()),
    location: z.optional(z.string()),
    fileCount: z.optional(z.int()),
    fileSize: z.optional(z.int()),
    type: z.optional(z.object({ name: z.string() })),
    sample: z.optional(z.object({ name: z.string() })),
    datasetTechniques: z._default(
      z.array(
        z.object({
          technique: z.optional(
            z.object({ name: z.string(), pid: z.optional(z.string()) }),
          ),
        }),
      ),
      [],
    ),
    parameters: z._default(z.array(Parameter), []),
  }),
});
export type DatasetEntity = z.infer<typeof DatasetRow>['Dataset'];

/** `SELECT f.id, f.name, f.location, f.fileSize, f.datafileModTime`. */
export const DatafileRow = z.tuple([
  z.int(),
  z.string(),
  z.nullable(z.string()),
  z.nullable(z.int()),
  z.nullable(z.string()),
]);

/** Hits of a free-text search; none where the server has no search engine. */
export const Hits = z.object({
  results: z.array(z.object({ id: z.int() })),
});
