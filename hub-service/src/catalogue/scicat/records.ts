import * as z from 'zod/mini';

/** SciCat writes `null` for what it does not know, or leaves it out. */
const maybe = <S extends z.ZodMiniType>(schema: S) => z.nullish(schema);
const text = maybe(z.string());
const texts = z._default(z.array(z.string()), []);

export const Login = z.object({
  access_token: z.string(),
  expires_in: z.number(),
});

export const Minted = z.object({ jwt: z.string() });

export const Identity = z.object({
  userId: z.string(),
  externalId: text,
  profile: z.object({ username: text }),
});
export type Identity = z.infer<typeof Identity>;

/** An empty body is how SciCat says that it does not know the token. */

export const WhoAmI = z.optional(
  z.object({ username: z.string(), currentGroups: texts }),
);

export const Instrument = z.object({ pid: z.string(), name: z.string() });
export type Instrument = z.infer<typeof Instrument>;

export const Proposal = z.object({
  proposalId: z.string().check(z.minLength(1)),
  title: z._default(z.string(), ''),
  abstract: text,
  startTime: text,
  endTime: text,
  pi_firstname: text,
  pi_lastname: text,
  pi_email: text,
  firstname: text,
  lastname: text,
  email: text,
  ownerGroup: text,
  accessGroups: texts,
  isPublished: z._default(z.boolean(), false),
  instrumentIds: z._default(z.nullable(z.array(z.string())), []),
  MeasurementPeriodList: z._default(
    z.nullable(z.array(z.object({ instrument: text }))),
    [],
  ),
  metadata: maybe(z.record(z.string(), z.unknown())),
  numberOfDatasets: maybe(z.int()),
});
export type Proposal = z.infer<typeof Proposal>;

/** What a page of proposals goes on after, also where the rest of the row is faulty. */
export const ProposalPlace = z.object({
  proposalId: z.string(),
  startTime: text,
  title: text,
});
export type ProposalPlace = z.infer<typeof ProposalPlace>;

export const ScicatDataset = z.object({
  pid: z.string().check(z.minLength(1)),
  datasetName: text,
  description: text,
  type: text,
  sourceFolder: text,
  proposalIds: texts,
  creationTime: text,
  startTime: text,
  endTime: text,
  size: maybe(z.int()),
  numberOfFiles: maybe(z.int()),
  isPublished: z._default(z.boolean(), false),
  license: text,
  techniques: maybe(z.array(z.object({ pid: text, name: z.string() }))),
  sampleIds: maybe(z.array(z.string())),
  samples: maybe(
    z.array(z.object({ sampleId: z.string(), description: text })),
  ),
  datasetlifecycle: maybe(z.object({ isOnCentralDisk: maybe(z.boolean()) })),
});
export type ScicatDataset = z.infer<typeof ScicatDataset>;

const File = z.object({ path: z.string(), size: maybe(z.int()), time: text });
export type File = z.infer<typeof File>;

/** One row for each file: SciCat has unwound the list, and the name stayed. */
export const FileRow = z.object({ dataFileList: File });

/** A dataset with all its files, as SciCat gives open data; empty where it is not open. */
export const WithBlocks = z.optional(
  z.object({
    origdatablocks: z._default(
      z.array(z.object({ dataFileList: z.array(z.unknown()) })),
      [],
    ),
  }),
);
export { File as BlockFile };

export const Thumbnail = z.object({ thumbnail: z.optional(z.string()) });

export const Attachment = z.object({
  relationships: z.array(z.object({ targetId: z.string() })),
});

export const Published = z.object({ datasetPids: texts, pidArray: texts });

export const Count = z.object({ count: z.int() });

export const Years = z.object({
  startTime: z.array(z.object({ _id: z.object({ year: maybe(z.int()) }) })),
});

export const Health = z.object({ status: z.literal('ok') });
