import type { Gpus } from '@beamtime/contract';

/**
 * The GPUs of a node.
 *
 * @param gres - `Gres=`, for instance `gpu:a100:2(S:0-1),gpu:1,nvme:1` or `(null)`.
 * @param used - `GresUsed=`, for instance `gpu:a100:1(IDX:0),gpu:(null):0(IDX:N/A)`.
 */
export function readGpus(gres: string, used: string): Gpus[] {
  const inUse = countByType(used);
  return [...countByType(gres)].map(([type, total]) => ({
    type,
    total,
    idle: Math.max(0, total - (inUse.get(type) ?? 0)),
  }));
}

function countByType(gres: string): Map<string, number> {
  const counts = new Map<string, number>();
  // `(IDX:0,2-3)` and `(S:0)` say which ones, with commas of their own.
  const plain = gres.replace(/\((?!null\))[^)]*\)/g, '');
  for (const item of plain.split(',')) {
    const [name, ...rest] = item
      .split(':')
      .filter((part) => part !== 'no_consume');
    const count = /^\d{1,6}$/.test(rest.at(-1) ?? '') ? Number(rest.pop()) : 1;
    if (name === 'gpu' && rest.length <= 1) {
      const type = (rest[0] ?? '').replace('(null)', '');
      counts.set(type, (counts.get(type) ?? 0) + count);
    }
  }
  return counts;
}
