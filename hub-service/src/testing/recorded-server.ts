import { readFileSync, readdirSync } from 'node:fs';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import { type Fault, play } from './faulty-answers.js';

const Recording = z.object({
  request: z.object({
    method: z.string(),
    path: z.string(),
    as: z._default(z.string(), ''),
  }),
  response: z.object({
    status: z.int(),
    headers: z._default(z.record(z.string(), z.string()), {}),
    contentType: z.optional(z.nullable(z.string())),
    body: z.unknown(),
  }),
});
type Recording = z.infer<typeof Recording>;

/** A question that reached the server. */
export interface Asked {
  method: string;
  /** Decoded, without the query. */
  path: string;
  query: Record<string, string>;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A text is sent as it is, anything else as JSON. */
export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

/**
 * Answers what no recording answers literally: `recorded` gives the answer of the recording whose
 * file name begins so. `undefined`: the recording of this very question.
 */
export type Choose = (
  asked: Asked,
  recorded: (name: string) => Answer,
) => Answer | undefined;

/** Plays what a real catalogue answered, over real HTTP, and any fault in its stead. */
export class RecordedServer {
  readonly asked: Asked[] = [];
  /** What happens instead of an answer, to the questions that it is for. */
  fault: { kind: Fault; when?: (asked: Asked) => boolean } | null = null;
  private readonly recordings: ReadonlyMap<string, Recording>;
  private readonly server = createServer((request, response) => {
    // Who asked may be gone before the question is read.
    this.answer(request, response).catch(() => response.destroy());
  });
  private underWay = 0;
  private waiting: (() => void)[] = [];

  /**
   * @param kind - the folder below hub-service/recordings.
   * @param choose - answers that depend on more than the question's words.
   */
  constructor(
    kind: string,
    private readonly choose: Choose = () => undefined,
  ) {
    const folder = path.resolve(__dirname, '../../recordings', kind);
    this.recordings = new Map(
      readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => {
          const text = readFileSync(path.join(folder, name), 'utf8');
          return [name, Recording.parse(JSON.parse(text))];
        }),
    );
  }

  /** @returns where it listens, without a slash at the end. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.server.listen(0, '127.0.0.1', resolve);
    });
    const address = this.server.address();
    if (address === null || typeof address === 'string') {
      throw new Error('The server listens on no port.');
    }
    return `http://127.0.0.1:${address.port}`;
  }

  /** Waits until every question has had its answer, or has been given up by who asked. */
  async idle(): Promise<void> {
    while (this.underWay > 0) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** The answer of the recording whose file name begins so. */
  readonly recorded = (name: string): Answer =>
    toAnswer(this.recording(name).response);

  /** What was asked in the recording whose file name begins so. */
  question(name: string): { method: string; path: string; as: string } {
    return this.recording(name).request;
  }

  private recording(name: string): Recording {
    for (const [file, recording] of this.recordings) {
      if (file.startsWith(name)) {
        return recording;
      }
    }
    throw new Error(`There is no recording ${name}.`);
  }

  private async answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    this.underWay += 1;
    response.on('close', () => {
      this.underWay -= 1;
      this.waiting.splice(0).forEach((wake) => wake());
    });
    const asked = await read(request);
    this.asked.push(asked);
    if (this.fault && (this.fault.when?.(asked) ?? true)) {
      play(this.fault.kind, response);
      return;
    }
    const {
      status = 200,
      headers = {},
      body,
    } = this.choose(asked, this.recorded) ?? this.literally(asked);
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(typeof body === 'string' ? body : JSON.stringify(body));
  }

  private literally(asked: Asked): Answer {
    const found = [...this.recordings.values()].find((recording) =>
      isSame(recording.request, asked),
    );
    return found
      ? toAnswer(found.response)
      : { status: 501, body: { message: 'This was never recorded.' } };
  }
}

const toAnswer = ({
  status,
  headers,
  contentType,
  body,
}: Recording['response']): Answer => {
  const type = contentType ?? headers['content-type'];
  return {
    status,
    body: body ?? '',
    ...(typeof type === 'string' && { headers: { 'content-type': type } }),
  };
};

async function read(request: IncomingMessage): Promise<Asked> {
  const url = new URL(request.url ?? '/', 'http://server');
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    body += String(chunk);
  }
  return {
    method: request.method ?? '',
    path: decodeURIComponent(url.pathname),
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
    body,
  };
}

/** Same method, path and query; JSON is compared by what it says, `<…>` fits anything. */
function isSame(recorded: Recording['request'], asked: Asked): boolean {
  const [pathname = '', query = ''] = recorded.path.split(/\?(.*)/s);
  const wanted = [...new URLSearchParams(query.replaceAll('+', '%2B'))];
  return (
    recorded.method === asked.method &&
    fits(pathname.split('/'), asked.path.split('/')) &&
    wanted.length === Object.keys(asked.query).length &&
    wanted.every(([name, value]) => fits([value], [asked.query[name] ?? null]))
  );
}

const fits = (
  recorded: readonly string[],
  asked: readonly (string | null)[],
): boolean =>
  recorded.length === asked.length &&
  recorded.every((part, place) => {
    const other = asked[place];
    return (
      /^<.*>$/.test(part) ||
      part === other ||
      (typeof other === 'string' &&
        isDeepStrictEqual(json(part), json(other)) &&
        json(part) !== undefined)
    );
  });

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
