import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ExperimentClient } from './experiments.js';

/** A service that streams what it is told to, on loopback. */
async function streaming(talk: (response: ServerResponse) => void) {
  const server = createServer((_request, response) => talk(response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const url = new URL(`http://127.0.0.1:${port}/services/beamtime/`);
  return {
    client: new ExperimentClient(url, (at, init) => fetch(at, init)),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

test('hears of changes, in whatever pieces they come, and passes over the rest', async () => {
  const abort = new AbortController();
  const heard: string[] = [];
  await using service = await streaming((response) => {
    response.write(': here\n\nevent: changed\ndata: {"wh');
    response.write(
      'at":"bookmarks"}\n\n:\n\ndata: {"what":"weather"}\n\ndata: x\n',
    );
    response.write('\nevent: changed\ndata: {"what":"catalogue"}\n\n');
  });
  // The end by the signal is no error.
  await service.client.changes(abort.signal, (what) => {
    heard.push(what);
    if (what === 'catalogue') {
      abort.abort();
    }
  });
  expect(heard).toEqual(['bookmarks', 'catalogue']);
});

test.each([
  [200, 'unreachable'],
  [401, 'signed-out'],
  [503, 'unreachable'],
])('a stream that ends with status %d fails as %s', async (status, failure) => {
  await using service = await streaming((response) => {
    response.writeHead(status).end();
  });
  await expect(
    service.client.changes(new AbortController().signal, () => undefined),
  ).rejects.toMatchObject({ failure });
});
