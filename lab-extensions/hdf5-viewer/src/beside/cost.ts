import type {
  DatasetDescription,
  TypeDescription,
} from '../worker/protocol.js';

/** Bytes of an element; 0 if it is not a plain number. */
export function bytesPerElement(type: TypeDescription): number {
  return type.class === 'integer' || type.class === 'float' ? type.bits / 8 : 0;
}

export interface Cost {
  /** Bytes of the selection itself. */
  wanted: number;
  /** Bytes that must be read for it, before they were compressed. */
  read: number;
  /** Pieces of the file that these are in. */
  pieces: number;
}

/**
 * What reading a selection takes. HDF5 reads whole chunks; without chunks, runs along the
 * last axes.
 *
 * @param selection - An index or `:` for each axis, with commas; null for all.
 */
export function costOf(
  { dims, chunks, type }: Pick<DatasetDescription, 'dims' | 'chunks' | 'type'>,
  selection: string | null,
): Cost {
  const shape = dims ?? [];
  const size = bytesPerElement(type);
  const parts = selection?.split(',') ?? shape.map(() => ':');
  const isWhole = (axis: number) => parts[axis] === ':';
  const lengths = shape.map((dim, axis) => (isWhole(axis) ? dim : 1));
  const wanted = size * product(lengths);
  if (chunks !== null) {
    const pieces = product(
      lengths.map((length, axis) => Math.ceil(length / (chunks[axis] ?? 1))),
    );
    return { wanted, pieces, read: pieces * size * product(chunks) };
  }
  // The innermost axes that are read whole lie in one piece.
  let inner = shape.length;
  while (inner > 0 && isWhole(inner - 1)) {
    inner -= 1;
  }
  return { wanted, read: wanted, pieces: product(lengths.slice(0, inner)) };
}

/** From this on, reading beside the data saves more than asking there costs. */
const MANY = { pieces: 16, bytes: 4 * 1024 * 1024, times: 8 };

/** Whether the bytes would be many, and the answer small: a profile through a stack. */
export function isWasteful({ wanted, read, pieces }: Cost): boolean {
  const tooMuch = read > MANY.bytes && read > wanted * MANY.times;
  return (
    wanted > 0 && pieces > MANY.pieces && (tooMuch || wanted < pieces * 64)
  );
}

/** Whether a picture takes so long that a reduced one is worth showing first. */
export function isLargePicture(
  { wanted }: Cost,
  selection: string | null,
): boolean {
  const axes = selection?.split(',').filter((part) => part === ':').length;
  return axes === 2 && wanted > MANY.bytes * 2;
}

const product = (numbers: readonly number[]): number =>
  numbers.reduce((all, each) => all * each, 1);
