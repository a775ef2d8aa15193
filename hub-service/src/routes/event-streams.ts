import type { ServerResponse } from 'node:http';
import type { Changed } from '@beamtime/contract';

const BEAT_MS = 30_000;
/** A stream ends then, and a new one has to show its token: sign-outs are noticed. */
const LONGEST_MS = 15 * 60_000;
/** Somebody's tabs; the oldest stream makes place for another. */
const MOST_PER_USER = 50;
/** More that has not been read means that nobody reads. */
const MOST_UNREAD = 16 * 1024;

interface Stream {
  response: ServerResponse;
  until: number;
}

/** Open connections to whom changes are told: one timer for all of them. */
export class EventStreams {
  private readonly streams = new Map<string, Set<Stream>>();
  private timer: NodeJS.Timeout | null = null;
  private closed = false;

  /** @param now - milliseconds. */
  constructor(private readonly now: () => number = () => Date.now()) {}

  get count(): number {
    let all = 0;
    for (const own of this.streams.values()) {
      all += own.size;
    }
    return all;
  }

  /** Takes a response whose head has been sent, and keeps it until either side ends it. */
  add(user: string, response: ServerResponse): void {
    if (this.closed) {
      response.end();
      return;
    }
    const own = this.streams.get(user) ?? new Set();
    this.streams.set(user, own);
    const stream = { response, until: this.now() + LONGEST_MS };
    own.add(stream);
    response.once('close', () => {
      own.delete(stream);
      if (own.size === 0 && this.streams.get(user) === own) {
        this.streams.delete(user);
      }
    });
    response.on('error', () => undefined); // `close` follows.
    const [oldest] = own;
    if (own.size > MOST_PER_USER && oldest) {
      oldest.response.end();
    }
    response.write(': here\n\n');
    this.timer ??= setInterval(() => this.beat(), BEAT_MS).unref();
  }

  /** @param user - who is told; everybody if absent. */
  tell(what: Changed['what'], user?: string): void {
    const event: Changed = { what };
    const text = `event: changed\ndata: ${JSON.stringify(event)}\n\n`;
    const told =
      user === undefined
        ? this.streams.values()
        : [this.streams.get(user) ?? new Set<Stream>()];
    for (const own of told) {
      for (const { response } of own) {
        write(response, text);
      }
    }
  }

  /** Ends all of them, and every new one. */
  close(): void {
    this.closed = true;
    clearInterval(this.timer ?? undefined);
    for (const own of this.streams.values()) {
      for (const { response } of own) {
        response.end();
      }
    }
  }

  /** Keeps proxies from ending what is silent, and finds who has gone. */
  beat(): void {
    for (const own of this.streams.values()) {
      for (const { response, until } of own) {
        if (this.now() >= until) {
          response.end();
        } else {
          write(response, ':\n\n');
        }
      }
    }
  }
}

function write(response: ServerResponse, text: string): void {
  if (response.writableLength > MOST_UNREAD) {
    response.destroy();
  } else {
    response.write(text);
  }
}
