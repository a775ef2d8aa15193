import * as z from 'zod/mini';

/** What ICAT+ answers, as far as we read it. What is not known is `null` or left out. */
const maybe = <T extends z.ZodMiniType>(schema: T) =>
  z.optional(z.nullable(schema));
const Id = z.union([z.int(), z.string().check(z.minLength(1))]);

export const Session = z.object({
  sessionId: z.string().check(z.minLength(1)),
  username: maybe(z.string()),
  name: maybe(z.string()),
  lifeTimeMinutes: maybe(z.number()),
  isInstrumentScientist: maybe(z.boolean()),
});

const User = z.object({
  name: z.string(),
  fullName: maybe(z.string()),
  givenName: maybe(z.string()),
  familyName: maybe(z.string()),
  email: maybe(z.string()),
  orcidId: maybe(z.string()),
  affiliation: maybe(z.string()),
});
export type PlusUser = z.infer<typeof User>;

/** Every list is a plain array; its total is in the first row, so an empty one has none. */
export const Meta = z.object({
  meta: z.object({ page: z.object({ total: z.int() }) }),
});

export const Investigation = z.object({
  id: Id,
  name: z.string().check(z.minLength(1)),
  visitId: maybe(z.string()),
  title: maybe(z.string()),
  summary: maybe(z.string()),
  doi: maybe(z.string()),
  startDate: maybe(z.string()),
  endDate: maybe(z.string()),
  releaseDate: maybe(z.string()),
  instrument: maybe(z.object({ name: z.string() })),
  investigationUsers: maybe(
    z.array(z.object({ role: maybe(z.string()), user: maybe(User) })),
  ),
  canAccessDatasets: maybe(z.boolean()),
});
export type Investigation = z.infer<typeof Investigation>;

/** One of `investigationusers`: the person and the role in one. */
export const TeamMember = z.extend(User, { role: maybe(z.string()) });

export const PlusDataset = z.object({
  id: Id,
  name: z.string(),
  startDate: maybe(z.string()),
  endDate: maybe(z.string()),
  location: maybe(z.string()),
  type: maybe(z.string()),
  sampleName: maybe(z.string()),
  parameters: maybe(
    z.array(z.object({ name: maybe(z.string()), value: z.unknown() })),
  ),
  techniques: maybe(
    z.array(z.object({ name: z.string(), pid: maybe(z.string()) })),
  ),
});
export type PlusDataset = z.infer<typeof PlusDataset>;

/** The experiment as a dataset names it: all that is known without a session. */
export const OfInvestigation = z.object({ investigation: Investigation });

export const Datafile = z.object({
  Datafile: z.object({
    id: Id,
    name: maybe(z.string()),
    location: maybe(z.string()),
    fileSize: maybe(z.int()),
    modTime: maybe(z.string()),
  }),
});

/** A word for each dataset, or an object with it: both are in use. */
export const Statuses = z.array(
  z.union([z.string(), z.object({ status: maybe(z.string()) })]),
);

export const InstrumentRow = z.object({
  name: z.string(),
  description: maybe(z.string()),
});
