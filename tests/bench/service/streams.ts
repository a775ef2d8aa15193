import http from 'node:http';

/** Event streams that are open and idle, as every JupyterLab has one. */
export class Streams {
  private readonly requests: http.ClientRequest[] = [];
  private readonly beaten = new Set<number>();
  private ended = 0;
  private closing = false;

  /** @param tokens - whose streams they are, in turn. */
  static async open(
    url: URL,
    tokens: readonly string[],
    count: number,
  ): Promise<Streams> {
    const streams = new Streams();
    const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });
    const AT_ONCE = 50;
    for (let from = 0; from < count; from += AT_ONCE) {
      await Promise.all(
        Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, index) =>
          streams.one(url, tokens[(from + index) % tokens.length] ?? '', agent),
        ),
      );
    }
    return streams;
  }

  /** How many are open, and how many of them have had a heartbeat. */
  get state(): { open: number; beaten: number } {
    return {
      open: this.requests.length - this.ended,
      beaten: this.beaten.size,
    };
  }

  /** Counts heartbeats from now on. */
  forgetBeats(): void {
    this.beaten.clear();
  }

  close(): void {
    this.closing = true;
    for (const request of this.requests) {
      request.destroy();
    }
  }

  private one(url: URL, token: string, agent: http.Agent): Promise<void> {
    return new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}` };
      const request = http.get(url, { agent, headers }, (response) => {
        if (response.statusCode !== 200) {
          reject(
            new Error(`A stream was refused: ${response.statusCode ?? 0}.`),
          );
        }
        const nth = this.requests.push(request);
        response.on('data', () => {
          resolve();
          this.beaten.add(nth);
        });
        response.on('close', () => {
          this.ended += this.closing ? 0 : 1;
        });
        response.on('error', () => undefined); // `close` follows.
      });
      request.on('error', reject);
    });
  }
}
