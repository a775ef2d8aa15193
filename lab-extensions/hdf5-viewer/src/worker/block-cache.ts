import { LruBytes } from './lru.js';

/** Bytes of a file that are here already. Offsets in bytes from the file's beginning. */
export interface ByteSource {
  /** Bytes from `position` on, at least one; undefined if they are not here. */
  at(position: number): Uint8Array | undefined;
}

/** Blocks of one size at multiples of it: for the many small reads of HDF5's metadata. */
export class BlockCache implements ByteSource {
  private readonly blocks: LruBytes;

  constructor(
    readonly blockSize: number,
    capacity: number,
  ) {
    this.blocks = new LruBytes(capacity);
  }

  at(position: number): Uint8Array | undefined {
    const index = Math.floor(position / this.blockSize);
    const bytes = this.blocks.get(index)?.subarray(position % this.blockSize);
    return bytes !== undefined && bytes.length > 0 ? bytes : undefined;
  }

  has(index: number): boolean {
    return this.blocks.has(index);
  }

  /** Keeps `bytes`, which begin at block `index`; the last block may be short. */
  put(index: number, bytes: Uint8Array): void {
    for (let start = 0; start < bytes.length; start += this.blockSize) {
      // A copy: a part of a large buffer would keep the whole of it.
      const block = bytes.slice(start, start + this.blockSize);
      this.blocks.set(index + start / this.blockSize, block);
    }
  }
}

/** Ranges as they were asked for: for the large reads of the data's chunks. */
export class ExtentCache implements ByteSource {
  private readonly extents: LruBytes;

  constructor(capacity: number) {
    this.extents = new LruBytes(capacity);
  }

  at(position: number): Uint8Array | undefined {
    const exact = this.extents.get(position);
    if (exact !== undefined) {
      return exact;
    }
    for (const start of this.extents.keys()) {
      const bytes = this.extents.peek(start);
      if (
        bytes !== undefined &&
        start < position &&
        position < start + bytes.length
      ) {
        return this.extents.get(start)?.subarray(position - start);
      }
    }
    return undefined;
  }

  put(position: number, bytes: Uint8Array): void {
    this.extents.set(position, bytes);
  }
}
