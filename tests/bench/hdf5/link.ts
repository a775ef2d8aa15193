import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePorts } from '../../facility/ports.ts';

/** A network between a browser and a server. */
export interface Speed {
  /** Time of a round trip, ms. */
  roundTrip: number;
  /** Mbit/s in each direction. */
  rate: number;
}

/** From somebody's home. */
export const REMOTE: Speed = { roundTrip: 50, rate: 50 };
export const LOCAL: Speed = { roundTrip: 0, rate: Infinity };

type Direction = 'up' | 'down';

/** As much as a link takes in before it stops the sender, ms of its time. */
const QUEUE = 30;

/** A TCP link to a port of this machine, as slow as asked for; all connections share it. */
export class Link {
  readonly port: number;
  speed = LOCAL;
  /** Bytes that came from the server. */
  received = 0;
  private readonly target: number;
  private readonly server: Server;
  private readonly ends = new Set<Socket>();
  /** When the link has passed on all that it took in, ms of `performance.now()`. */
  private readonly free: Record<Direction, number> = { up: 0, down: 0 };

  private constructor(port: number, target: number) {
    this.port = port;
    this.target = target;
    this.server = createServer(
      { noDelay: true, pauseOnConnect: true },
      (near) => this.join(near),
    );
  }

  static async to(target: number): Promise<Link> {
    const [port = 0] = await freePorts(1);
    const link = new Link(port, target);
    await new Promise<void>((resolve) =>
      link.server.listen(port, '127.0.0.1', resolve),
    );
    return link;
  }

  async close(): Promise<void> {
    for (const end of this.ends) {
      end.destroy();
    }
    await new Promise((done) => this.server.close(done));
  }

  private join(near: Socket): void {
    const begin = () => {
      const far = connect({
        port: this.target,
        host: '127.0.0.1',
        noDelay: true,
      });
      this.carry(near, far, 'up');
      this.carry(far, near, 'down');
    };
    // The handshake takes a round trip.
    setTimeout(begin, this.speed.roundTrip);
  }

  private carry(from: Socket, to: Socket, direction: Direction): void {
    this.ends.add(from);
    const waiting: { due: number; bytes: Buffer }[] = [];
    let timer: NodeJS.Timeout | null = null;
    let last = 0;
    const finish = () => {
      if (waiting.length === 0 && from.readableEnded) {
        to.end();
      }
    };
    const pass = () => {
      timer = null;
      const now = performance.now();
      for (
        let next = waiting[0];
        next && next.due <= now + 0.5;
        next = waiting[0]
      ) {
        waiting.shift();
        to.write(next.bytes);
      }
      if (waiting[0]) {
        timer = setTimeout(pass, Math.max(1, waiting[0].due - now));
      }
      finish();
    };
    from.on('data', (bytes: Buffer) => {
      if (direction === 'down') {
        this.received += bytes.length;
      }
      const { roundTrip, rate } = this.speed;
      if (this.speed === LOCAL && waiting.length === 0) {
        if (!to.write(bytes)) {
          from.pause();
          to.once('drain', () => from.resume());
        }
        return;
      }
      const now = performance.now();
      const begins = Math.max(now, this.free[direction]);
      this.free[direction] = begins + (bytes.length * 8) / (rate * 1000);
      last = Math.max(last, this.free[direction] + roundTrip / 2);
      waiting.push({ due: last, bytes });
      timer ??= setTimeout(pass, Math.max(1, last - now));
      const ahead = this.free[direction] - now;
      if (ahead > QUEUE) {
        from.pause();
        setTimeout(() => from.resume(), ahead - QUEUE / 2);
      }
    });
    from.on('end', finish);
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.ends.delete(from);
      if (waiting.length === 0) {
        to.destroy();
      }
    });
    from.resume();
  }
}
