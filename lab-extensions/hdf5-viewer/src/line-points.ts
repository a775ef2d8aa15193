import type { LineExtremes } from './beside/client.js';

/** A line to draw: indices along it, and values. */
export interface Points {
  x: number[];
  y: number[];
}

/** Two points for each part, which draw a stroke from its least to its greatest value. */
export function toPoints({ edges, extremes }: LineExtremes): Points {
  const x = edges.slice(0, -1).flatMap((edge) => [edge, edge]);
  return { x, y: Array.from(extremes, Number) };
}

/** The whole line with a stretch of it in more detail. */
export function withDetail(whole: Points, detail: Points | null): Points {
  const first = detail?.x[0];
  const last = detail?.x.at(-1);
  if (detail === null || first === undefined || last === undefined) {
    return whole;
  }
  const before = whole.x.filter((each) => each < first).length;
  const after = whole.x.findIndex((each) => each > last);
  const end = after < 0 ? whole.x.length : after;
  const join = (a: number[], b: number[]) => [
    ...a.slice(0, before),
    ...b,
    ...a.slice(end),
  ];
  return { x: join(whole.x, detail.x), y: join(whole.y, detail.y) };
}

/** The least and the greatest of all that is a number. */
export function domainOf(values: readonly number[]): [number, number] {
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    if (Number.isFinite(value)) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }
  return least <= most ? [least, most] : [0, 1];
}
