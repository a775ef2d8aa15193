import { chmodSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pause } from './timing.js';

const PORT_PATIENCE_MS = 10_000;

/**
 * Listens on a port. The service of a hub that was killed keeps it until it notices,
 * so a taken port is tried again for ten seconds.
 */
export async function listenOnPort(
  app: FastifyInstance,
  host: string,
  port: number,
): Promise<void> {
  const patientUntil = Date.now() + PORT_PATIENCE_MS;
  for (;;) {
    try {
      await app.listen({ host, port });
      return;
    } catch (error) {
      if (!isTaken(error) || Date.now() > patientUntil) {
        throw error;
      }
      await pause(250);
    }
  }
}

/**
 * Listens on a unix socket that only this account can open.
 *
 * It is made under a name of its own and then moved: whoever finds it finds it closed to
 * others, and a process before us that ends removes its own name and not ours.
 *
 * @returns removes the socket, if it is still this one.
 */
export async function listenOnSocket(
  app: FastifyInstance,
  socket: string,
): Promise<() => void> {
  mkdirSync(path.dirname(socket), { recursive: true, mode: 0o700 });
  const own = `${socket}.${process.pid}`;
  rmSync(own, { force: true });
  await app.listen({ path: own });
  chmodSync(own, 0o600);
  renameSync(own, socket);
  const { ino } = statSync(socket);
  return () => {
    if (statSync(socket, { throwIfNoEntry: false })?.ino === ino) {
      rmSync(socket, { force: true });
    }
  };
}

function isTaken(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  );
}
