import { Changed, CONTRACT_HEADER, CONTRACT_VERSION } from '@beamtime/contract';
import type { Endpoint } from './ask.js';
import { ApiError } from './error.js';

/**
 * Reads a stream of events `changed`, with `fetch` because `EventSource` sends no token. What
 * is not understood is passed over: a newer service may tell of more.
 *
 * @throws {@link ApiError} when it ends otherwise than by the signal.
 */
export async function listen(
  { name, fetch }: Endpoint,
  url: URL,
  signal: AbortSignal,
  changed: (what: Changed['what']) => void,
): Promise<void> {
  let status: number;
  try {
    const response = await fetch(url, {
      signal,
      headers: {
        Accept: 'text/event-stream',
        [CONTRACT_HEADER]: String(CONTRACT_VERSION),
      },
    });
    status = response.status;
    if (response.ok && response.body) {
      await read(response.body, changed);
    }
  } catch (cause) {
    if (signal.aborted) {
      return;
    }
    throw new ApiError('unreachable', `${name} is away.`, { cause });
  }
  if (!signal.aborted) {
    throw status === 401 || status === 403
      ? new ApiError('signed-out', `${name} does not know you any more.`)
      : new ApiError('unreachable', `${name} has ended the stream.`);
  }
}

async function read(
  body: ReadableStream<Uint8Array>,
  changed: (what: Changed['what']) => void,
): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const event = readLine(line);
      if (event) {
        changed(event.what);
      }
    }
  }
}

function readLine(line: string): Changed | null {
  if (!line.startsWith('data: ')) {
    return null;
  }
  try {
    return Changed.parse(JSON.parse(line.slice('data: '.length)));
  } catch {
    return null;
  }
}
