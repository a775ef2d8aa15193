import { bootHdf5 } from './hdf5.js';
import { failureOf } from './hdf5-error.js';
import type {
  AnyCall,
  Beat,
  Call,
  Cancel,
  Operation,
  Operations,
  Reply,
} from './protocol.js';
import { JobQueue } from './queue.js';
import { Hdf5Session } from './session.js';
import { xhrTransport } from './transport.js';
import type { RangeTransport } from './transport.js';

// The entry of the worker: one for each open tab, so that a slow file holds up no other.
declare const self: DedicatedWorkerGlobalScope;

type Handlers = {
  [K in Operation]: (
    args: Operations[K]['args'],
  ) => Operations[K]['result'] | Promise<Operations[K]['result']>;
};

/** What the user looks at comes before what the tree wants to know. */
const RANK: Record<Operation, number> = {
  open: 0,
  value: 1,
  attributes: 1,
  entity: 2,
  paths: 3,
  neighbours: 0,
  missing: 1,
};
const RANK_AHEAD = 4;

function rankOf({ operation, args }: AnyCall): number {
  return 'ahead' in args && args.ahead ? RANK_AHEAD : RANK[operation];
}

/** Says before and after each request that the worker lives. */
function beating(headers: Readonly<Record<string, string>>): RangeTransport {
  const ask = xhrTransport(headers);
  return (url, start, end) => {
    self.postMessage({ network: true } satisfies Beat);
    const answer = ask(url, start, end);
    self.postMessage({ network: false } satisfies Beat);
    return answer;
  };
}

const session = new Hdf5Session(beating);
const handlers: Handlers = {
  open: (args) => session.open(args),
  entity: (args) => session.entity(args),
  attributes: (args) => session.attributes(args),
  value: (args) => session.value(args),
  paths: (args) => session.paths(args),
  neighbours: (args) => session.neighbours(args),
  missing: (args) => session.missing(args),
};
const queue = new JobQueue(nextMessage);

function reply(message: Reply, transfer: Transferable[] = []): void {
  self.postMessage(message, transfer);
}

async function answer<K extends Operation>(call: Call<K>): Promise<void> {
  const { id } = call;
  try {
    const value: unknown = await handlers[call.operation](call.args);
    // Read for this answer only: handed over without a copy.
    const buffer = ArrayBuffer.isView(value) ? [value.buffer] : [];
    reply(
      { id, value },
      buffer.filter((b) => b instanceof ArrayBuffer),
    );
  } catch (error) {
    reply({ id, failure: failureOf(error) });
  }
}

// Nobody need wait for it when a file is wanted; who opens one hears what is wrong with it.
bootHdf5().catch(() => undefined);

const channel = new MessageChannel();

/** Waits for a turn of the event loop, in which messages that have come are heard. */
function nextMessage(): Promise<void> {
  return new Promise((resolve) => {
    channel.port1.onmessage = () => {
      resolve();
    };
    channel.port2.postMessage(null);
  });
}

self.onmessage = ({ data }: MessageEvent<AnyCall | Cancel>) => {
  if (data.operation !== 'cancel') {
    queue.push(data.id, rankOf(data), () => answer(data));
  } else if (queue.cancel(data.id)) {
    reply({ id: data.id, failure: { kind: 'cancelled' } });
  }
};
