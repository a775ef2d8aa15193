import { Live } from './live.js';

let file: string | Error;
let isSeen: boolean;
let reads: number;
let live: Live;

beforeEach(() => {
  jest.useFakeTimers();
  file = 'v1';
  isSeen = true;
  reads = 0;
  live = new Live({
    stamp: () =>
      typeof file === 'string' ? Promise.resolve(file) : Promise.reject(file),
    read: () => {
      reads += 1;
      return Promise.resolve();
    },
    isSeen: () => isSeen,
  });
});
afterEach(() => {
  live.dispose();
  jest.useRealTimers();
});

const wait = (seconds: number) => jest.advanceTimersByTimeAsync(seconds * 1000);

test('a file that changes is read anew, and only then', async () => {
  await wait(10);
  expect(reads).toBe(0);
  live.toggle();
  await wait(5);
  expect(reads).toBe(1);
  file = 'v2';
  await wait(2);
  expect(reads).toBe(2);
  live.toggle();
  file = 'v3';
  await wait(10);
  expect(reads).toBe(2);
});

test('a file that nobody sees is left alone', async () => {
  live.toggle();
  await wait(2);
  isSeen = false;
  file = 'v2';
  await wait(10);
  expect(reads).toBe(1);
  isSeen = true;
  await wait(2);
  expect(reads).toBe(2);
});

test('it goes on when the server is back', async () => {
  live.toggle();
  await wait(2);
  file = new Error('away');
  await wait(60);
  file = 'v2';
  await wait(2);
  expect(reads).toBe(2);
  expect(live.isOn).toBe(true);
});

test('it ends with its tab', async () => {
  live.toggle();
  await wait(2);
  live.dispose();
  file = 'v2';
  await wait(10);
  expect(reads).toBe(1);
});
