import type { Metadata } from 'h5wasm';

import type { TypeDescription } from './protocol.js';

/** HDF5's H5T_class_t. */
const CLASS = {
  integer: 0,
  float: 1,
  time: 2,
  string: 3,
  bitfield: 4,
  opaque: 5,
  compound: 6,
  reference: 7,
  enum: 8,
  sequence: 9,
  array: 10,
};

/** The type in the words of the protocol. */
export function describeType(type: Metadata): TypeDescription {
  const { littleEndian } = type;
  const bits = type.size * 8;
  switch (type.type) {
    case CLASS.integer:
      return { class: 'integer', bits, signed: type.signed, littleEndian };
    case CLASS.float:
      return { class: 'float', bits, littleEndian };
    case CLASS.string:
      return {
        class: 'string',
        length: type.vlen ? null : type.size,
        utf8: type.cset === 1,
        padding: type.strpad ?? 0,
      };
    case CLASS.compound:
      return {
        class: 'compound',
        fields: (type.compound_type?.members ?? []).map(
          (member) => [member.name, describeType(member)] as const,
        ),
      };
    case CLASS.enum:
      return describeEnum(type);
    case CLASS.array:
      return type.array_type
        ? {
            class: 'array',
            base: describeType(type.array_type),
            dims: [...(type.array_type.shape ?? [])],
          }
        : { class: 'unknown' };
    case CLASS.sequence:
      return type.vlen_type
        ? { class: 'sequence', base: describeType(type.vlen_type) }
        : { class: 'unknown' };
    case CLASS.bitfield:
      return { class: 'bitfield', littleEndian };
    case CLASS.opaque:
      return { class: 'opaque' };
    case CLASS.reference:
      return { class: 'reference' };
    case CLASS.time:
      return { class: 'time' };
    default:
      return { class: 'unknown' };
  }
}

function describeEnum(type: Metadata): TypeDescription {
  if (type.enum_type === undefined) {
    return { class: 'unknown' };
  }
  return {
    class: 'enum',
    base: describeType({ ...type, type: type.enum_type.type }),
    members: { ...type.enum_type.members },
  };
}
