import type { WorkerPort } from './connection.js';
import { Workers } from './workers.js';

let started: WorkerPort[];
let workers: Workers;

beforeEach(() => {
  jest.useFakeTimers();
  started = [];
  workers = new Workers(() => {
    const worker = {
      ...{ onmessage: null, onerror: null, onmessageerror: null },
      ...{ postMessage: jest.fn(), terminate: jest.fn() },
    };
    started.push(worker);
    return worker;
  });
});

afterEach(() => jest.useRealTimers());

const getReady = () => {
  workers.getReadySoon();
  jest.runAllTimers();
};

test('each file has a worker of its own', () => {
  expect(workers.take()).not.toBe(workers.take());
  expect(started).toHaveLength(2);
});

test('the one that is ready is taken, and only one is kept', () => {
  getReady();
  getReady();
  expect(started).toHaveLength(1);
  expect(workers.take()).toBe(started[0]);
  expect(workers.take()).toBe(started[1]);
});

test('one that could not get ready is not taken', () => {
  getReady();
  const [broken] = started;
  broken?.onerror?.call(broken as unknown as Worker, new ErrorEvent('error'));
  expect(broken?.terminate).toHaveBeenCalled();
  expect(workers.take()).toBe(started[1]);
});

test('none gets ready while another file is opened', () => {
  workers.getReadySoon();
  workers.take();
  jest.runAllTimers();
  expect(started).toHaveLength(1);
});
