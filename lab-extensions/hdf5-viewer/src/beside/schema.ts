import * as z from 'zod/mini';

import type { EntityDescription, TypeDescription } from '../worker/protocol.js';

// The answers of beamtime_lab/beside, which describes files in the worker's terms.

const Type: z.ZodMiniType<TypeDescription> = z.lazy(() =>
  z.union([
    z.object({
      class: z.literal('integer'),
      bits: z.number(),
      signed: z.boolean(),
      littleEndian: z.boolean(),
    }),
    z.object({
      class: z.literal('float'),
      bits: z.number(),
      littleEndian: z.boolean(),
    }),
    z.object({
      class: z.literal('string'),
      length: z.nullable(z.number()),
      utf8: z.boolean(),
      padding: z.number(),
    }),
    z.object({
      class: z.literal('compound'),
      fields: z.array(z.tuple([z.string(), Type])),
    }),
    z.object({
      class: z.literal('enum'),
      base: Type,
      members: z.record(z.string(), z.number()),
    }),
    z.object({
      class: z.literal('array'),
      base: Type,
      dims: z.array(z.number()),
    }),
    z.object({ class: z.literal('sequence'), base: Type }),
    z.object({ class: z.literal('bitfield'), littleEndian: z.boolean() }),
    z.object({ class: z.enum(['opaque', 'reference', 'time', 'unknown']) }),
  ]),
);

const Dims = z.nullable(z.array(z.number()));

const named = {
  name: z.string(),
  path: z.string(),
  attributes: z.array(
    z.object({
      name: z.string(),
      dims: Dims,
      type: Type,
      value: z.optional(z.unknown()),
    }),
  ),
};

const Leaf = z.discriminatedUnion('kind', [
  z.object({
    ...named,
    kind: z.literal('dataset'),
    dims: Dims,
    type: Type,
    chunks: Dims,
    filters: z.array(z.object({ id: z.number(), name: z.string() })),
    sources: z.array(z.object({ file: z.string(), path: z.string() })),
  }),
  z.object({ ...named, kind: z.literal('datatype'), type: Type }),
  z.object({
    ...named,
    kind: z.literal('unresolved'),
    link: z.nullable(
      z.union([
        z.object({ class: z.literal('Soft'), path: z.string() }),
        z.object({
          class: z.literal('External'),
          file: z.string(),
          path: z.string(),
        }),
      ]),
    ),
  }),
  z.object({ ...named, kind: z.literal('group'), children: z.null() }),
]);

const Entity: z.ZodMiniType<EntityDescription> = z.union([
  z.object({ ...named, kind: z.literal('group'), children: z.array(Leaf) }),
  Leaf,
]);

/** One for each path that was asked for; null for what cannot be described. */
export const Entities = z.array(z.nullable(Entity));

/** The top, and then what its `default` leads to. */
export const Opening = z.array(Entity);

export const Paths = z.object({
  paths: z.array(z.string()),
  /** False: there are more than the server gives. */
  complete: z.boolean(),
});

export const ArrayHeader = z.object({
  /** NumPy's word for the type, always little-endian: `<f4`, `|u1`… */
  dtype: z.string(),
  shape: z.array(z.number()),
});

/** Least and greatest values of parts: shape (parts, 2). */
export const Extremes = z.extend(ArrayHeader, {
  /** First index of each part, and the one behind the last. */
  edges: z.array(z.number()),
});

export const Picture = z.extend(ArrayHeader, {
  /** Every so-many-th row and column is there. */
  step: z.number(),
  /** Shape of the whole picture: rows, columns. */
  full: z.tuple([z.number(), z.number()]),
});
export type Picture = z.infer<typeof Picture>;

export const Refusal = z.object({
  failure: z.looseObject({ kind: z.string() }),
});

export const IsThere = z.object({ available: z.boolean() });

/** Not shown to anybody: the worker is asked instead, or a person again. */
export class NotBeside extends Error {
  /** @param isThere - Whether there is something to ask. */
  constructor(
    why: string,
    readonly isThere = true,
  ) {
    super(`Not read beside the data: ${why}`);
    this.name = 'NotBeside';
  }
}
