import { BlockCache, ExtentCache } from './block-cache.js';
import { FileFailure, failureOfStatus } from './failure.js';
import type { RangeTransport } from './transport.js';

const KIB = 1024;
const MIB = 1024 * KIB;

/** How much is asked for and kept. Everything in bytes but `longestRun`. */
export const LIMITS = {
  /** Metadata comes in blocks of this size. */
  block: 64 * KIB,
  /** The first request: HDF5 reads most of its first metadata there. */
  head: 256 * KIB,
  /** From this length on, a read is taken for data and asked for exactly. */
  large: 32 * KIB,
  /** Most blocks that one request reads ahead. */
  longestRun: 16,
  /** Most that is read ahead of sequential chunks. */
  ahead: 8 * MIB,
  /** Largest single request: it bounds how long a server is busy with it. */
  request: 16 * MIB,
  blocks: 32 * MIB,
  extents: 256 * MIB,
};

/**
 * A file on the server, read by byte ranges. Its size is the one when it was opened:
 * a file that grows is seen as it was then.
 */
export class RemoteFile {
  private readonly blocks = new BlockCache(LIMITS.block, LIMITS.blocks);
  private readonly extents = new ExtentCache(LIMITS.extents);
  /** Where the last read of blocks ended, and how many it took. */
  private nextBlock = -1;
  private run = 1;
  /** Where the last large read ended, and how many such reads came in a row. */
  private nextLarge = -1;
  private chain = 1;

  private constructor(
    private readonly url: string,
    private readonly name: string,
    private readonly transport: RangeTransport,
    /** Bytes. */
    readonly size: number,
  ) {}

  /**
   * Asks for the beginning of the file.
   *
   * @param name - What the file is called in failures.
   * @throws {FileFailure} if the server does not give it.
   */
  static open(
    url: string,
    name: string,
    transport: RangeTransport,
  ): RemoteFile {
    const answer = transport(url, 0, LIMITS.head);
    // 416: there is no first byte, the file is empty.
    const empty = answer.status === 416 && answer.size === 0;
    if (answer.status !== 206 && answer.status !== 200 && !empty) {
      throw new FileFailure(failureOfStatus(answer.status, name));
    }
    if (answer.size === null) {
      throw new FileFailure({
        kind: 'unreadable',
        detail: `The server does not say how large ${name} is.`,
      });
    }
    const file = new RemoteFile(url, name, transport, answer.size);
    if (answer.status === 200 && answer.size > LIMITS.head) {
      // A server without ranges has sent everything: keep it.
      file.extents.put(0, answer.bytes);
    } else if (!empty) {
      file.blocks.put(0, answer.bytes);
    }
    return file;
  }

  /**
   * Copies bytes into `target`.
   *
   * @returns Number of bytes; fewer than `length` only at the file's end.
   * @throws {FileFailure} if the server does not give them.
   */
  read(
    position: number,
    length: number,
    target: Uint8Array,
    offset: number,
  ): number {
    const end = Math.min(position + length, this.size);
    const large = length >= LIMITS.large;
    const reach = large ? this.reachOf(position, end) : end;
    for (let at = position; at < end;) {
      const bytes = this.bytesAt(at, large ? reach : null);
      const count = Math.min(bytes.length, end - at);
      target.set(bytes.subarray(0, count), offset + at - position);
      at += count;
    }
    return Math.max(0, end - position);
  }

  /**
   * Something else is read from here on. Frames often lie one after the other, but which of
   * them is wanted next is for others to know.
   */
  beginAnew(): void {
    this.nextLarge = -1;
  }

  private bytesAt(position: number, reach: number | null): Uint8Array {
    const here = this.blocks.at(position) ?? this.extents.at(position);
    if (here !== undefined) {
      return here;
    }
    return reach === null
      ? this.fetchBlocks(position)
      : this.fetchExtent(position, reach);
  }

  /** How far to ask for a large read: further each time reads follow one another. */
  private reachOf(position: number, end: number): number {
    this.chain = position === this.nextLarge ? this.chain * 2 : 1;
    this.nextLarge = end;
    const ahead =
      this.chain === 1
        ? 0
        : Math.min(this.chain * (end - position), LIMITS.ahead);
    return Math.min(end + ahead, this.size);
  }

  private fetchExtent(position: number, reach: number): Uint8Array {
    const end = Math.min(reach, position + LIMITS.request);
    const bytes = this.fetch(position, end);
    this.extents.put(position, bytes);
    return bytes;
  }

  /** Reads the block at `position`; more of them each time misses follow one another. */
  private fetchBlocks(position: number): Uint8Array {
    const first = Math.floor(position / LIMITS.block);
    this.run =
      first === this.nextBlock ? Math.min(this.run * 2, LIMITS.longestRun) : 1;
    let last = first + 1;
    while (last < first + this.run && !this.blocks.has(last)) {
      last += 1;
    }
    this.nextBlock = last;
    const bytes = this.fetch(
      first * LIMITS.block,
      Math.min(last * LIMITS.block, this.size),
    );
    this.blocks.put(first, bytes);
    return bytes.subarray(position - first * LIMITS.block);
  }

  private fetch(start: number, end: number): Uint8Array {
    const answer = this.transport(this.url, start, end);
    const bytes =
      answer.status === 200 ? answer.bytes.subarray(start, end) : answer.bytes;
    if (answer.status !== 206 && answer.status !== 200) {
      throw new FileFailure(failureOfStatus(answer.status, this.name));
    }
    if (bytes.length !== end - start) {
      // It was cut or replaced since it was opened.
      throw new FileFailure({ kind: 'changed', file: this.name });
    }
    return bytes;
  }
}
