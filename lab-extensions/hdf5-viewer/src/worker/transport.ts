/** The answer to a request for a byte range. */
export interface RangeAnswer {
  /** HTTP status; 0 if there was no answer. */
  status: number;
  /** The range for 206, the whole file for 200. */
  bytes: Uint8Array<ArrayBuffer>;
  /** Size of the whole file in bytes; null if the server did not say. */
  size: number | null;
}

/** Asks for the bytes from `start` up to, not including, `end`; waits for the answer. */
export type RangeTransport = (
  url: string,
  start: number,
  end: number,
) => RangeAnswer;

/** Milliseconds after which a request has failed. */
const DEADLINE = 80_000;

/** The file's size in `Content-Range: bytes 0-9/1234` or of an answer 416. */
export function sizeOfContentRange(header: string | null): number | null {
  const size = header?.split('/')[1];
  return size !== undefined && /^\d+$/.test(size) ? Number(size) : null;
}

/**
 * A transport for workers: HDF5 calls read() and cannot wait for a promise, so the
 * request is synchronous, which only stops this worker.
 */
export function xhrTransport(
  headers: Readonly<Record<string, string>>,
): RangeTransport {
  return (url, start, end) => {
    const request = new XMLHttpRequest();
    request.open('GET', url, false);
    request.timeout = DEADLINE;
    request.responseType = 'arraybuffer';
    for (const [name, value] of Object.entries(headers)) {
      request.setRequestHeader(name, value);
    }
    request.setRequestHeader('Range', `bytes=${start}-${end - 1}`);
    // The file may have grown: what the browser has kept is not good enough.
    request.setRequestHeader('Cache-Control', 'no-cache');
    try {
      request.send();
    } catch {
      return { status: 0, bytes: new Uint8Array(0), size: null };
    }
    // Signed out: the server led us to its login page.
    const elsewhere =
      request.responseURL !== '' &&
      new URL(request.responseURL).pathname !== new URL(url).pathname;
    const body: unknown = request.response;
    const bytes = new Uint8Array(
      body instanceof ArrayBuffer ? body : new ArrayBuffer(0),
    );
    return {
      status: elsewhere ? 401 : request.status,
      bytes,
      size:
        request.status === 200
          ? bytes.length
          : sizeOfContentRange(request.getResponseHeader('Content-Range')),
    };
  };
}
