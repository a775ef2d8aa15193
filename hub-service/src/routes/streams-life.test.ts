import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { EventStreams } from './event-streams.js';

/** A response that writes down what is written. */
class Recorder extends EventEmitter {
  written = '';
  writableLength = 0;
  ended = false;

  write(text: string): boolean {
    this.written += text;
    return true;
  }

  end(): void {
    this.ended = true;
    this.emit('close');
  }

  destroy(): void {
    this.end();
  }
}

function world() {
  const clock = { now: 0 };
  const streams = new EventStreams(() => clock.now);
  const open = (user: string) => {
    const recorder = new Recorder();
    streams.add(user, recorder as unknown as ServerResponse);
    return recorder;
  };
  return { clock, streams, open };
}

test('a silent stream is kept alive, and ends after a quarter of an hour', () => {
  const { clock, streams, open } = world();
  const stream = open('alice');
  streams.beat();
  expect(stream.written).toBe(': here\n\n:\n\n');
  clock.now += 15 * 60_000;
  streams.beat();
  expect(stream.ended).toBe(true);
  expect(streams.count).toBe(0);
  streams.close();
});

test('all hear of the catalogue; who does not read is let go', () => {
  const { streams, open } = world();
  const [alice, bob, stuck] = [open('alice'), open('bob'), open('bob')];
  stuck.writableLength = 20_000;
  streams.tell('catalogue');
  expect(alice.written).toContain(
    'event: changed\ndata: {"what":"catalogue"}\n\n',
  );
  expect(bob.written).toContain('catalogue');
  expect(stuck.ended).toBe(true);
  expect(streams.count).toBe(2);
  streams.close();
  expect([alice.ended, bob.ended]).toEqual([true, true]);
  expect(open('late').ended).toBe(true);
});

test('somebody’s fifty-first stream takes the place of their first', () => {
  const { streams, open } = world();
  const other = open('bob');
  const own = Array.from({ length: 51 }, () => open('alice'));
  expect(own.map(({ ended }) => ended).indexOf(false)).toBe(1);
  expect(streams.count).toBe(51);
  expect(other.ended).toBe(false);
  streams.close();
});
