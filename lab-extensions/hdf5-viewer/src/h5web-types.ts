import { DTypeClass } from '@h5web/app';
import type { DType, NumericType } from '@h5web/app';

import type { TypeDescription } from './worker/protocol.js';

const PADDING = ['null-terminated', 'null-padded', 'space-padded'] as const;

/** The type in H5Web's words. */
export function toDType(type: TypeDescription): DType {
  switch (type.class) {
    case 'integer':
    case 'float':
      return toNumericType(type);
    case 'string':
      return {
        class: DTypeClass.String,
        charSet: type.utf8 ? 'UTF-8' : 'ASCII',
        strPad: PADDING[type.padding],
        ...(type.length === null ? {} : { length: type.length }),
      };
    case 'compound':
      return toCompound(type.fields);
    case 'enum':
      return toEnum(type.base, type.members);
    case 'array':
      return {
        class: DTypeClass.Array,
        base: toDType(type.base),
        dims: type.dims,
      };
    case 'sequence':
      return { class: DTypeClass.VLen, base: toDType(type.base) };
    case 'bitfield':
      return {
        class: DTypeClass.Bitfield,
        endianness: endiannessOf(type.littleEndian),
      };
    case 'opaque':
      return { class: DTypeClass.Opaque, tag: '' };
    case 'reference':
      return { class: DTypeClass.Reference };
    case 'time':
      return { class: DTypeClass.Time };
    case 'unknown':
      return { class: DTypeClass.Unknown };
  }
}

type Numeric = Extract<TypeDescription, { class: 'integer' | 'float' }>;

const isNumeric = (type: TypeDescription | undefined): type is Numeric =>
  type?.class === 'integer' || type?.class === 'float';

const endiannessOf = (littleEndian: boolean) =>
  littleEndian ? 'little-endian' : 'big-endian';

function toNumericType(type: Numeric): NumericType {
  const endianness = endiannessOf(type.littleEndian);
  return type.class === 'integer'
    ? {
        class: DTypeClass.Integer,
        signed: type.signed,
        size: type.bits,
        endianness,
      }
    : { class: DTypeClass.Float, size: type.bits, endianness };
}

/** h5py writes complex numbers as a compound of `r` and `i`. */
function toCompound(
  fields: readonly (readonly [string, TypeDescription])[],
): DType {
  const [real, imaginary] = ['r', 'i'].map(
    (name) => fields.find(([field]) => field === name)?.[1],
  );
  if (fields.length === 2 && isNumeric(real) && isNumeric(imaginary)) {
    return {
      class: DTypeClass.Complex,
      realType: toNumericType(real),
      imagType: toNumericType(imaginary),
    };
  }
  return {
    class: DTypeClass.Compound,
    fields: new Map(fields.map(([name, type]) => [name, toDType(type)])),
  };
}

/** h5py writes truth values as an enumeration of FALSE and TRUE. */
function toEnum(base: TypeDescription, members: Record<string, number>): DType {
  if (!isNumeric(base)) {
    return { class: DTypeClass.Unknown };
  }
  const type = toNumericType(base);
  const entries = Object.entries(members);
  if (entries.length === 2 && members.FALSE === 0 && members.TRUE === 1) {
    return { class: DTypeClass.Bool, base: type };
  }
  return {
    class: DTypeClass.Enum,
    base: type,
    mapping: Object.fromEntries(entries.map(([name, value]) => [value, name])),
  };
}
