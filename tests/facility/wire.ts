import { connect, createServer, type Server, type Socket } from 'node:net';
import { freePorts } from './ports.ts';

/** A network between a browser and a server on this machine, which can be cut. */
export class Wire {
  readonly port: number;
  private readonly target: number;
  private readonly server: Server;
  private readonly ends = new Map<Socket, Socket>();
  private state: 'whole' | 'cut' | 'asleep' = 'whole';

  private constructor(port: number, target: number) {
    this.port = port;
    this.target = target;
    this.server = createServer((near) => this.join(near));
  }

  /** Lays a wire to a port of 127.0.0.1, ending at a port of its own there. */
  static async to(target: number): Promise<Wire> {
    const [port = 0] = await freePorts(1);
    const wire = new Wire(port, target);
    await new Promise<void>((resolve) =>
      wire.server.listen(port, '127.0.0.1', resolve),
    );
    return wire;
  }

  /** Ends all connections, and new ones as soon as they are made. */
  cut(): void {
    this.state = 'cut';
    for (const near of this.ends.keys()) {
      near.destroy();
    }
  }

  /**
   * What a laptop's sleep does: the server has given its connections up, the browser
   * knows nothing of it, and is told only when it sends something after {@link mend}.
   */
  sleep(): void {
    this.state = 'asleep';
    for (const far of this.ends.values()) {
      far.destroy();
    }
  }

  /** New connections pass again. */
  mend(): void {
    this.state = 'whole';
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((done) => this.server.close(done));
  }

  private join(near: Socket): void {
    near.on('error', () => undefined);
    if (this.state !== 'whole') {
      near.resetAndDestroy();
      return;
    }
    const far = connect(this.target, '127.0.0.1');
    far.on('error', () => undefined);
    near.setNoDelay(true);
    far.setNoDelay(true);
    this.ends.set(near, far);
    far.pipe(near, { end: false });
    near.pipe(far);
    far.on('close', () => {
      if (this.state !== 'asleep') {
        near.destroy();
        return;
      }
      near.unpipe(far);
      near.once('data', () => near.resetAndDestroy()).resume();
    });
    near.on('close', () => {
      this.ends.delete(near);
      far.destroy();
    });
  }
}
