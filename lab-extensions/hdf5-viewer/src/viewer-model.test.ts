import { Signal } from '@lumino/signaling';

import type { BesideFile } from './beside/client.js';
import { NotBeside } from './beside/schema.js';
import type { Connection } from './connection.js';
import { ViewerModel } from './viewer-model.js';
import { FileFailure } from './worker/failure.js';
import type {
  EntityDescription,
  Failure,
  OpenedFile,
} from './worker/protocol.js';

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

const ROOT: EntityDescription = {
  name: '',
  path: '/',
  kind: 'group',
  attributes: [],
  children: [],
};

let connections: FakeConnection[];
let nextFailure: Failure | null;
let model: ViewerModel;
/** What the server says of the root, read beside the data. */
let beside: Promise<EntityDescription>;

beforeEach(() => {
  connections = [];
  nextFailure = null;
  beside = Promise.reject(new NotBeside('nothing is there'));
  beside.catch(() => undefined);
  model = new ViewerModel(
    () => {
      const connection = new FakeConnection();
      connection.failure = nextFailure;
      connections.push(connection);
      return connection as unknown as Connection;
    },
    () => ({ path: 'a.h5', sources: [], headers: {}, root: null }),
    () => undefined,
    { entity: () => beside } as unknown as BesideFile,
  );
});

test('a file that opens is shown', async () => {
  await model.open();
  expect(model.state.kind).toBe('open');
});

test('a refresh reads it again with the same worker', async () => {
  await model.open();
  const before = model.state;
  await model.open();
  expect(model.state.kind).toBe('open');
  expect(model.state).not.toBe(before);
  expect(connections).toHaveLength(1);
});

test('the tree need not wait for the worker', async () => {
  beside = Promise.resolve(ROOT);
  const opened = model.open();
  await beside;
  await Promise.resolve();
  expect(model.state.kind).toBe('open');
  const { state } = model;
  await opened;
  expect(model.state).toBe(state);
});

test('what the worker cannot open is not shown, whatever came before or comes after', async () => {
  let answer: (root: EntityDescription) => void = () => undefined;
  beside = new Promise((resolve) => (answer = resolve));
  nextFailure = { kind: 'truncated', bytes: 1, expected: 2 };
  await model.open();
  answer(ROOT);
  await beside;
  await Promise.resolve();
  expect(model.state).toEqual({ kind: 'failed', failure: nextFailure });
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
