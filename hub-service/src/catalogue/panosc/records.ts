import * as z from 'zod/mini';

const maybe = <S extends z.ZodMiniType>(schema: S) => z.nullish(schema);
const text = maybe(z.string());
const Pid = z.string().check(z.minLength(1));

export const Instrument = z.object({ name: z.string(), facility: text });

export const PanoscDataset = z.object({
  pid: Pid,
  title: text,
  creationDate: text,
  size: maybe(z.number()),
  isPublic: z.literal(true),
  instrument: maybe(Instrument),
  techniques: maybe(z.array(z.object({ name: z.string(), panetId: text }))),
  samples: maybe(z.array(z.object({ name: text }))),
});
export type PanoscDataset = z.infer<typeof PanoscDataset>;

/** Its number is made up anew each time the source is filled: only the pid lasts. */
export const Document = z.object({
  pid: Pid,
  isPublic: z.literal(true),
  title: z.string(),
  summary: text,
  doi: text,
  startDate: text,
  endDate: text,
  releaseDate: text,
  license: text,
  datasets: maybe(z.array(z.unknown())),
});
export type Document = z.infer<typeof Document>;

export const NotOpen = z.object({ isPublic: z.literal(false) });

export const PanoscFile = z.object({
  name: z.string().check(z.minLength(1)),
  path: text,
  size: maybe(z.number()),
});
export type PanoscFile = z.infer<typeof PanoscFile>;

export const Count = z.object({ count: z.int() });
