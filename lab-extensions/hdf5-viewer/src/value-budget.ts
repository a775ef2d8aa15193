import type { ValuesStoreParams } from '@h5web/app';

/** Bytes that a value takes; a guess for what is not a typed array. */
export function bytesOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) {
    return value.byteLength;
  }
  return Array.isArray(value) ? value.length * 64 : 64;
}

/**
 * Forgets the frames that were loaded first once all take more than `capacity` bytes:
 * H5Web keeps every frame that it has ever shown.
 */
export class ValueBudget {
  private readonly kept: { params: ValuesStoreParams; bytes: number }[] = [];
  private used = 0;

  constructor(
    private readonly capacity: number,
    private readonly evict: (params: ValuesStoreParams) => void,
  ) {}

  /** Notes a value that has come. The newest is never forgotten. */
  add(params: ValuesStoreParams, value: unknown): void {
    const bytes = bytesOf(value);
    this.kept.push({ params, bytes });
    this.used += bytes;
    while (this.used > this.capacity && this.kept.length > 1) {
      const oldest = this.kept.shift();
      if (oldest !== undefined) {
        this.used -= oldest.bytes;
        this.evict(oldest.params);
      }
    }
  }
}
