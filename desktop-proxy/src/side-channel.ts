import * as z from 'zod/mini';

/** What the gateway says beside the pictures, as text on the same connection. */
const Said = z.discriminatedUnion('type', [
  /** The answer to a ping. */
  z.object({ type: z.literal('pong'), n: z.number() }),
  /** Whether this connection gives the desktop its size. */
  z.object({ type: z.literal('sizing'), mine: z.boolean() }),
  /** Somebody has come or gone. */
  z.object({ type: z.literal('people') }),
]);
export type Said = z.infer<typeof Said>;

/** Understands a text of the gateway; null if it is of a newer one. */
export function readSaid(text: string): Said | null {
  try {
    const parsed = Said.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Asks for an answer with the same number. */
export function pingText(n: number): string {
  return JSON.stringify({ type: 'ping', n });
}

/** Asks that the desktop takes the size of this connection's tab from now on. */
export const SIZE_ME = JSON.stringify({ type: 'size-me' });
