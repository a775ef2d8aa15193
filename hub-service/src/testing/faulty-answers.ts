import type { ServerResponse } from 'node:http';

/** What a source may do instead of answering. */
export type Fault =
  | 'hang'
  | 'reset'
  | 'status-500'
  | 'html'
  | 'broken-json'
  | 'huge'
  | 'redirect'
  | 'slow-drip'
  | 'truncated'
  | 'empty';

const JSON_TYPE = { 'content-type': 'application/json' };
const HUGE_BYTES = 100 * 1024 * 1024;
const DRIP_MS = 20;

/** Does it to an answer. */
export function play(fault: Fault, response: ServerResponse): void {
  switch (fault) {
    case 'hang':
      break;
    case 'reset':
      response.socket?.resetAndDestroy();
      break;
    case 'status-500':
      response.writeHead(500, JSON_TYPE).end('{"message":"Internal error"}');
      break;
    case 'html':
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><title>Sign in</title>');
      break;
    case 'broken-json':
      response.writeHead(200, JSON_TYPE).end('[{"proposalId": ');
      break;
    case 'huge':
      response.writeHead(200, JSON_TYPE).write('["');
      pour(response, HUGE_BYTES);
      break;
    case 'redirect':
      response.writeHead(302, { location: 'http://127.0.0.1:9/login' }).end();
      break;
    case 'slow-drip':
      drip(response.writeHead(200, JSON_TYPE));
      break;
    case 'truncated':
      response.writeHead(200, { ...JSON_TYPE, 'content-length': '1000' });
      response.write('[{', () => response.destroy());
      break;
    case 'empty':
      response.writeHead(200).end();
  }
}

/** As fast as it is read, until it is enough or nobody reads any more. */
function pour(response: ServerResponse, left: number): void {
  const block = 'x'.repeat(64 * 1024);
  if (left > 0 && !response.destroyed) {
    response.write(block, () => pour(response, left - block.length));
  } else {
    response.end('"]');
  }
}

/** White space before a JSON that never comes. */
function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write(' '), DRIP_MS);
  response.on('close', () => clearInterval(timer));
}
