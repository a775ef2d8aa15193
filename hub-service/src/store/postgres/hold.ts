import { once } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';
import pg, { type ClientConfig } from 'pg';
import { messageOf } from '../../refusal.js';

const AGAIN_MS = 1_000;
/** How often the server is asked whether the connection still holds. */
const HEARTBEAT_MS = 15_000;

// A machine that vanished must not keep the lock for TCP's two hours.
const OPTIONS =
  '-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3 -c idle_session_timeout=0';

/** The first key of the lock; the second one is the schema. */
export const LOCK_CLASS = 1_113_681_234;

const LOCK = `select pg_try_advisory_lock(${LOCK_CLASS}, hashtext(current_schema())) as held`;

/** Told of each change: `null` when the database is ours, else why it is not. */
export type Tell = (problem: string | null) => void;

/**
 * Keeps a PostgreSQL database for this process, by an advisory lock on a connection of its
 * own. The connection tells as well whether the server is there: when it is lost, it is made
 * anew until it holds again.
 */
export class Hold {
  private readonly ending = new AbortController();
  private keeping: Promise<void> | null = null;
  private takenSince: number | null = null;

  /**
   * @param name - the database in words.
   * @param onHeld - what is to be done each time when it has become ours; a failure counts
   * as a database that cannot be used, and is tried again.
   * @param patience - milliseconds until it is told that another service has it: that of
   * a hub that was killed takes a moment to let go.
   */
  constructor(
    private readonly connection: ClientConfig,
    private readonly name: string,
    private readonly onHeld: () => Promise<void>,
    private readonly tell: Tell,
    private readonly patience: number,
  ) {}

  start(): void {
    this.keeping ??= this.keep();
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.keeping;
  }

  private hasEnded(): boolean {
    return this.ending.signal.aborted;
  }

  private async keep(): Promise<void> {
    while (!this.hasEnded()) {
      try {
        await this.holdOnce();
      } catch (error) {
        if (!this.hasEnded()) {
          this.tell(
            `Beamtime’s database ${this.name} cannot be used: ${messageOf(error)}. The service goes on as soon as it can.`,
          );
        }
      }
      await this.pause(AGAIN_MS);
    }
  }

  private async holdOnce(): Promise<void> {
    const client = new pg.Client({
      ...this.connection,
      application_name: 'beamtime (lock)',
      options: OPTIONS,
    });
    const lost = once(client, 'end');
    // The reason is what the next question fails with.
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ held: boolean }>(LOCK);
      if (rows[0]?.held !== true) {
        this.isTaken();
        return;
      }
      this.takenSince = null;
      this.tell(null);
      await this.onHeld();
      while (!this.hasEnded()) {
        await Promise.race([lost, this.pause(HEARTBEAT_MS)]);
        await client.query('select 1');
      }
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  private isTaken(): void {
    this.takenSince ??= Date.now();
    if (Date.now() - this.takenSince >= this.patience) {
      this.tell(
        `Another Beamtime service is using the database ${this.name}. End it, or give this hub a database of its own; this one goes on as soon as the other ends.`,
      );
    }
  }

  private async pause(milliseconds: number): Promise<void> {
    await after(milliseconds, undefined, { signal: this.ending.signal }).catch(
      () => undefined,
    );
  }
}
