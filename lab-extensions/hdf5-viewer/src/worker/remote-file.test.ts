/** @jest-environment node */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

import { FileFailure } from './failure.js';
import { LIMITS, RemoteFile } from './remote-file.js';
import type { RangeAnswer, RangeTransport } from './transport.js';
import { sizeOfContentRange } from './transport.js';

/** Byte at each offset of the file that is served. */
const byteAt = (offset: number) => (offset * 7 + (offset >> 8)) % 251;

/**
 * A real HTTP server with ranges, and a client that asks it. Both run beside this thread,
 * which sleeps until the answer is there, as a worker does in a synchronous request.
 */
const THREAD = `
const http = require('node:http');
const { workerData, parentPort } = require('node:worker_threads');
const flags = new Int32Array(workerData.flags);
let size = workerData.size;
const byteAt = ${byteAt.toString()};
const server = http.createServer((request, response) => {
  const name = decodeURIComponent(request.url);
  if (name === '/forbidden.h5') return response.writeHead(403).end();
  if (name !== '/file ü 1.h5') return response.writeHead(404).end();
  const [, start, last] = /bytes=(\\d+)-(\\d+)/.exec(request.headers.range).map(Number);
  if (start >= size) return response.writeHead(416, { 'Content-Range': 'bytes */' + size }).end();
  const end = Math.min(last + 1, size);
  response.writeHead(206, { 'Content-Range': 'bytes ' + start + '-' + (end - 1) + '/' + size });
  response.end(Uint8Array.from({ length: end - start }, (_, index) => byteAt(start + index)));
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
parentPort.on('message', async ({ url, start, end, resize }) => {
  if (resize !== undefined) size = resize;
  let status = 0, range = null, body = new Uint8Array(0);
  if (url) try {
    const answer = await fetch(url, { headers: { Range: 'bytes=' + start + '-' + (end - 1) } });
    status = answer.status;
    range = answer.headers.get('Content-Range');
    body = new Uint8Array(await answer.arrayBuffer());
  } catch {}
  workerData.port.postMessage({ status, range, body });
  Atomics.store(flags, 0, 1);
  Atomics.notify(flags, 0);
});
`;

interface Answer {
  status: number;
  range: string | null;
  body: Uint8Array<ArrayBuffer>;
}

let thread: Worker;
let base: string;
let ask: (message: object) => Answer;
let requests: [number, number][] = [];

const transport: RangeTransport = (url, start, end): RangeAnswer => {
  requests.push([start, end]);
  const { status, range, body } = ask({ url, start, end });
  return { status, bytes: body, size: sizeOfContentRange(range) };
};

const SIZE = 3 * 1024 * 1024 + 123;

beforeAll(async () => {
  const { MessageChannel, receiveMessageOnPort } =
    await import('node:worker_threads');
  const flags = new SharedArrayBuffer(4);
  const { port1, port2 } = new MessageChannel();
  thread = new Worker(THREAD, {
    eval: true,
    workerData: { flags, size: SIZE, port: port2 },
    transferList: [port2],
  });
  const [port] = (await once(thread, 'message')) as [number];
  base = `http://127.0.0.1:${port}/`;
  const flag = new Int32Array(flags);
  ask = (message) => {
    Atomics.store(flag, 0, 0);
    thread.postMessage(message);
    Atomics.wait(flag, 0, 0);
    const received = receiveMessageOnPort(port1) as { message: Answer };
    return received.message;
  };
});

beforeEach(() => {
  ask({ resize: SIZE });
  requests = [];
});

afterAll(() => thread.terminate());

const URL_OF_FILE = () => `${base}${encodeURIComponent('file ü 1.h5')}`;
const open = () => RemoteFile.open(URL_OF_FILE(), 'file ü 1.h5', transport);

function read(file: RemoteFile, position: number, length: number) {
  const target = new Uint8Array(length + 2);
  const count = file.read(position, length, target, 1);
  return { count, bytes: target.subarray(1, 1 + count), target };
}

const expected = (position: number, length: number) =>
  Uint8Array.from({ length }, (_, index) => byteAt(position + index));

/** Why `run` fails. */
function failureIn(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error instanceof FileFailure ? error.failure : error;
  }
  return null;
}

test('the size and the beginning come with the first request', () => {
  const file = open();
  expect(file.size).toBe(SIZE);
  expect(read(file, 8, 100).bytes).toEqual(expected(8, 100));
  expect(requests).toEqual([[0, LIMITS.head]]);
});

test('a small read fetches a block, its neighbours nothing', () => {
  const file = open();
  const at = 20 * LIMITS.block + 10;
  expect(read(file, at, 50).bytes).toEqual(expected(at, 50));
  read(file, at + 1000, 50);
  expect(requests.slice(1)).toEqual([[20 * LIMITS.block, 21 * LIMITS.block]]);
});

test('small reads one after another fetch more blocks each time', () => {
  const file = open();
  for (let at = 10 * LIMITS.block; at < 17 * LIMITS.block; at += 5000) {
    expect(read(file, at, 5000).bytes).toEqual(expected(at, 5000));
  }
  const blocks = requests
    .slice(1)
    .map(([start, end]) => (end - start) / LIMITS.block);
  expect(blocks.slice(0, 3)).toEqual([1, 2, 4]);
});

test('a large read is asked for exactly, once', () => {
  const file = open();
  const large = { at: 1_000_001, length: 200_000 };
  const first = read(file, large.at, large.length);
  expect(first.bytes).toEqual(expected(large.at, large.length));
  expect([first.target[0], first.target.at(-1)]).toEqual([0, 0]);
  read(file, large.at, large.length);
  expect(requests.slice(1)).toEqual([[1_000_001, 1_200_001]]);
});

test('large reads one after another fetch more each time, until something else is read', () => {
  const file = open();
  const large = LIMITS.large;
  requests = [];
  const at = (n: number) => LIMITS.head + n * large;
  [0, 1].forEach((n) => read(file, at(n), large));
  file.beginAnew();
  read(file, at(4), large);
  expect(requests).toEqual([
    [at(0), at(1)],
    [at(1), at(4)],
    [at(4), at(5)],
  ]);
});

test('a read over the end gives what there is', () => {
  const { count, bytes } = read(open(), SIZE - 10, 4096);
  expect(count).toBe(10);
  expect(bytes).toEqual(expected(SIZE - 10, 10));
});

test('a file that grows is seen as it was when it was opened', () => {
  const file = open();
  ask({ resize: SIZE + 1000 });
  expect(read(file, SIZE - 5, 100).count).toBe(5);
});

test('a file that was cut short says that it has changed', () => {
  const file = open();
  ask({ resize: 400_000 });
  expect(failureIn(() => read(file, 1_000_000, 10))).toEqual({
    kind: 'changed',
    file: 'file ü 1.h5',
  });
});

test('an empty file has no bytes, and is no failure', () => {
  ask({ resize: 0 });
  expect(open().size).toBe(0);
});

test.each([
  ['gone.h5', 'missing'],
  ['forbidden.h5', 'forbidden'],
])('%s is %s', (name, kind) => {
  const open = () => RemoteFile.open(base + name, name, transport);
  expect(failureIn(open)).toEqual({ kind, file: name });
});

test('a server that is gone is unreachable', () => {
  const open = () =>
    RemoteFile.open('http://127.0.0.1:1/x.h5', 'x.h5', transport);
  expect(failureIn(open)).toEqual({ kind: 'unreachable', file: 'x.h5' });
});
