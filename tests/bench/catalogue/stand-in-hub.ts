import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A hub that knows a few people by their tokens, `token-NAME`: no more is asked of it here. */
export class StandInHub {
  private readonly server: Server;

  private constructor(server: Server) {
    this.server = server;
  }

  /** @param groups - of the people, by name; nobody else has a token. */
  static async start(
    groups: Readonly<Record<string, readonly string[]>>,
  ): Promise<StandInHub> {
    const server = createServer((request, response) => {
      const token = request.headers.authorization ?? '';
      const name = token.replace(/^(?:token|bearer) token-/i, '');
      const known = Object.hasOwn(groups, name);
      const scopes = [
        `access:servers!server=${name}/`,
        `custom:beamtime:api!server=${name}/`,
      ];
      response.writeHead(known ? 200 : 403, {
        'content-type': 'application/json',
      });
      response.end(
        JSON.stringify(
          known
            ? {
                kind: 'user',
                name,
                admin: false,
                groups: groups[name],
                scopes,
              }
            : { status: 403, message: 'Forbidden' },
        ),
      );
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new StandInHub(server);
  }

  get apiUrl(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${String(port)}/hub/api`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
