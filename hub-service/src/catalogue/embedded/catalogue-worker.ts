import { parentPort, workerData } from 'node:worker_threads';
import { Desk } from './desk.js';
import { Setting } from './protocol.js';

// node:sqlite works while everybody else waits: so it has a thread of its own.
const desk = new Desk(Setting.parse(workerData));
parentPort?.on('message', (message: unknown) => {
  void desk.reply(message).then((reply) => parentPort?.postMessage(reply));
});
