import { Signal } from '@lumino/signaling';

import type { Connection } from './connection.js';
import { ViewerModel } from './viewer-model.js';
import { FileFailure } from './worker/failure.js';
import type { Failure, OpenedFile } from './worker/protocol.js';

/** A connection that opens the file, or fails as it is told. */
class FakeConnection {
  readonly crashed = new Signal<this, Failure>(this);
  isDisposed = false;
  failure: Failure | null = null;

  ask(): Promise<OpenedFile> {
    return this.failure === null
      ? Promise.resolve({ size: 1, source: 'http://hub/files/' })
      : Promise.reject(new FileFailure(this.failure));
  }

  dispose() {
    this.isDisposed = true;
  }
}

let connections: FakeConnection[];
let nextFailure: Failure | null;
let model: ViewerModel;

beforeEach(() => {
  connections = [];
  nextFailure = null;
  model = new ViewerModel(
    () => {
      const connection = new FakeConnection();
      connection.failure = nextFailure;
      connections.push(connection);
      return connection as unknown as Connection;
    },
    () => ({ path: 'a.h5', sources: [], headers: {}, root: null }),
    () => undefined,
  );
});

test('a file that opens is shown', async () => {
  await model.open();
  expect(model.state).toMatchObject({ kind: 'open', version: 1 });
});

test('a refresh reads it again with the same worker', async () => {
  await model.open();
  await model.open();
  expect(model.state).toMatchObject({ kind: 'open', version: 2 });
  expect(connections).toHaveLength(1);
});

test('a failure is shown, and can be got over', async () => {
  nextFailure = { kind: 'empty' };
  await model.open();
  expect(model.state).toEqual({ kind: 'failed', failure: { kind: 'empty' } });
  connections.forEach((connection) => (connection.failure = null));
  await model.open();
  expect(model.state.kind).toBe('open');
});

test('after a crash a new worker is started', async () => {
  await model.open();
  connections[0]?.crashed.emit({ kind: 'crashed', detail: 'trap' });
  expect(model.state.kind).toBe('failed');
  expect(connections[0]?.isDisposed).toBe(true);
  await model.open();
  expect(model.state.kind).toBe('open');
  expect(connections).toHaveLength(2);
});

test('the worker ends with the viewer', async () => {
  await model.open();
  model.dispose();
  expect(connections[0]?.isDisposed).toBe(true);
});
