import fetch, { type Response } from 'node-fetch';
import * as z from 'zod/mini';
import { SourceError } from '../adapter.js';
import {
  AnsweredError,
  faultOf,
  isConnectionFault,
  notUnderstood,
} from './faults.js';
import { Slots } from './slots.js';

const DEADLINE_MS = 5_000;
const MAX_BYTES = 8 * 1024 * 1024;
const AT_ONCE = 4;
const MIB = 1024 * 1024;

export interface HttpSourceOptions {
  /** The source's name for people, in every message. */
  label: string;
  /** What every path is below, `https://host/api`. */
  url: string;
  /** For one question as a whole: waiting for its turn, the retry, the last byte. */
  deadlineMs?: number;
  /** Most bytes of one answer, unpacked. */
  maxBytes?: number;
  /** Most questions at the same time. */
  atOnce?: number;
}

export interface HttpQuestion {
  query?: Readonly<Record<string, string | number | boolean | undefined>>;
  headers?: Readonly<Record<string, string>>;
  /** The asking's: ends the question before its deadline. */
  signal: AbortSignal;
}

/**
 * A catalogue's HTTP API, asked with care: deadline, most bytes, most questions at once, no
 * redirect, one retry of a GET whose connection failed. Every fault is a {@link SourceError} in a
 * sentence for the person, without URL, header or body: these hold session ids and tokens.
 */
export class HttpSource {
  readonly label: string;
  private readonly base: URL;
  private readonly slots: Slots;
  private readonly deadlineMs: number;
  private readonly maxBytes: number;

  constructor(options: HttpSourceOptions) {
    this.label = options.label;
    this.base = new URL(options.url.replace(/\/*$/, '/'));
    this.deadlineMs = options.deadlineMs ?? DEADLINE_MS;
    this.maxBytes = options.maxBytes ?? MAX_BYTES;
    this.slots = new Slots(options.atOnce ?? AT_ONCE);
  }

  /**
   * The JSON at a path; `undefined` for an empty body, which only a schema that says so takes.
   *
   * @param path - below the source's URL, its parts encoded: see `encodeURIComponent`.
   * @throws {AnsweredError} for a status that is not 2xx, with the body if it is JSON.
   * @throws {SourceError} for any other fault.
   */
  getJson<S extends z.ZodMiniType>(
    path: string,
    question: HttpQuestion,
    schema: S,
  ): Promise<z.output<S>> {
    return this.ask(path, question, { method: 'GET' }, (response) =>
      this.json(response, schema),
    );
  }

  /** As {@link getJson}; never retried. */
  postJson<S extends z.ZodMiniType>(
    path: string,
    body: unknown,
    question: HttpQuestion,
    schema: S,
  ): Promise<z.output<S>> {
    const headers = { 'content-type': 'application/json' };
    const request: Request = {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    };
    return this.ask(path, question, request, (response) =>
      this.json(response, schema),
    );
  }

  /** As {@link postJson}, with the fields as a form. */
  postForm<S extends z.ZodMiniType>(
    path: string,
    fields: Readonly<Record<string, string>>,
    question: HttpQuestion,
    schema: S,
  ): Promise<z.output<S>> {
    const request: Request = {
      method: 'POST',
      body: new URLSearchParams(fields),
    };
    return this.ask(path, question, request, (response) =>
      this.json(response, schema),
    );
  }

  /** A question whose answer has no body that matters, such as the end of a session. */
  send(
    method: 'PUT' | 'DELETE',
    path: string,
    question: HttpQuestion,
  ): Promise<void> {
    return this.ask(path, question, { method }, async (response) => {
      await response.arrayBuffer();
    });
  }

  private async ask<T>(
    path: string,
    { query = {}, headers = {}, signal }: HttpQuestion,
    request: Request,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    const url = this.url(path, query);
    const ending = new AbortController();
    const end = () => ending.abort();
    const deadline = setTimeout(end, this.deadlineMs);
    signal.addEventListener('abort', end);
    if (signal.aborted) {
      end();
    }
    let answered = false;
    const once = async () => {
      const response = await fetch(url, {
        ...request,
        headers: {
          accept: 'application/json',
          ...request.headers,
          ...headers,
        },
        redirect: 'error',
        size: this.maxBytes,
        signal: ending.signal,
      });
      answered = true;
      if (!response.ok) {
        throw await this.refused(response);
      }
      return read(response);
    };
    let release: (() => void) | undefined;
    try {
      release = await this.slots.take(ending.signal);
      return await once().catch((error: unknown) => {
        if (answered || request.method !== 'GET' || !isConnectionFault(error)) {
          throw error;
        }
        return once();
      });
    } catch (error) {
      throw error instanceof SourceError
        ? error
        : faultOf(error, this.label, {
            ended: ending.signal.aborted,
            mostMib: this.maxBytes / MIB,
          });
    } finally {
      clearTimeout(deadline);
      signal.removeEventListener('abort', end);
      end(); // Closes what a fault has left open.
      release?.();
    }
  }

  private async json<S extends z.ZodMiniType>(
    response: Response,
    schema: S,
  ): Promise<z.output<S>> {
    const text = await response.text();
    const answer = parse(text);
    const parsed = schema.safeParse(answer);
    // What is no JSON is not the same as nothing.
    if (!parsed.success || (answer === undefined && text !== '')) {
      throw notUnderstood(this.label);
    }
    return parsed.data;
  }

  private async refused(response: Response): Promise<AnsweredError> {
    const after = response.headers.get('retry-after');
    const body = parse(await response.text());
    return new AnsweredError(this.label, response.status, body, after);
  }

  /** A part such as `..` would lead elsewhere: nothing is there, as with any id that is not one. */
  private url(path: string, query: NonNullable<HttpQuestion['query']>): URL {
    const url = new URL(path, this.base);
    if (url.href !== this.base.href + path) {
      throw new AnsweredError(this.label, 404, undefined, null);
    }
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) {
        url.searchParams.set(name, String(value));
      }
    }
    return url;
  }
}

interface Request {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  headers?: Readonly<Record<string, string>>;
  body?: string | URLSearchParams;
}

/** `undefined` for what is not JSON: no JSON text gives it. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
