import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

import type { EntityDescription } from '../worker/protocol.js';
import { Batch } from './batch.js';
import {
  ArrayHeader,
  Entities,
  Extremes,
  IsThere,
  NotBeside,
  Opening,
  Paths,
  Picture,
  Refusal,
} from './schema.js';
import { enlarge, toTypedArray } from './typed-array.js';
import type { Numbers } from './typed-array.js';

type Settings = ServerConnection.ISettings;

/** Asks Jupyter's server to read with h5py beside the data, where that is installed. */
export class Beside {
  private isThere: Promise<boolean> | null = null;

  constructor(private readonly settings: Settings) {}

  /** Whether there is something to ask; the first time, it gets ready for more. */
  available(): Promise<boolean> {
    return (this.isThere ??= this.askWhether());
  }

  /** What can be asked about the file at `path`, below the server's root. */
  file(path: () => string): BesideFile {
    return new BesideFile(this, path);
  }

  /** @throws {NotBeside} */
  async post(
    operation: string,
    body: object,
    signal?: AbortSignal,
  ): Promise<Response> {
    if (!(await this.available())) {
      throw new NotBeside('nothing is there', false);
    }
    const response = await this.request(operation, {
      method: 'POST',
      body: JSON.stringify(body),
      ...(signal && { signal }),
    });
    if (!response.ok) {
      const refusal = Refusal.safeParse(
        await response.json().catch(() => null),
      );
      const { data } = refusal;
      throw new NotBeside(data ? data.failure.kind : `HTTP ${response.status}`);
    }
    return response;
  }

  private async askWhether(): Promise<boolean> {
    try {
      const response = await this.request('', {});
      const answer = IsThere.safeParse(await response.json());
      return answer.success && answer.data.available;
    } catch {
      return false;
    }
  }

  private request(operation: string, init: RequestInit): Promise<Response> {
    const parts = operation === '' ? [] : [operation];
    const url = URLExt.join(this.settings.baseUrl, 'beamtime/hdf5', ...parts);
    return ServerConnection.makeRequest(url, init, this.settings);
  }
}

/** A long line in parts. */
export interface LineExtremes {
  /** First index of each part, and the one behind the last. */
  edges: number[];
  /** Least and greatest value of each part, one after the other. */
  extremes: Numbers;
}

/** One file, read beside the data. Everything fails with {@link NotBeside}, or when aborted. */
export class BesideFile {
  private readonly entities = this.batch();

  constructor(
    private readonly beside: Beside,
    private readonly file: () => string,
  ) {}

  /** What stands at the top, and then what its `default` leads to. */
  async opening(): Promise<EntityDescription[]> {
    const response = await this.ask('opening', {});
    return read(Opening, await response.json());
  }

  /** What stands at a path; small attributes come with their values. */
  entity(path: string): Promise<EntityDescription> {
    return this.entities.get(path);
  }

  async paths(path: string): Promise<string[]> {
    const response = await this.ask('paths', { path });
    const { paths, complete } = read(Paths, await response.json());
    if (!complete) {
      throw new NotBeside('too many');
    }
    return paths;
  }

  /** Numbers of a selection, in C order. */
  async value(
    path: string,
    selection: string,
    signal?: AbortSignal,
  ): Promise<Numbers> {
    const response = await this.ask('value', { path, selection }, signal);
    return (await numbersOf(response, ArrayHeader)).numbers;
  }

  /** A picture of which only so many rows and columns are read, as large as the whole one. */
  async picture(
    path: string,
    selection: string,
    longest: number,
    signal?: AbortSignal,
  ): Promise<Numbers> {
    const body = { path, selection, longest };
    const response = await this.ask('picture', body, signal);
    const { numbers, header } = await numbersOf(response, Picture);
    return enlarge(numbers, header.step, header.full);
  }

  /** @param range - First index along the line and the one behind the last. */
  async line(
    path: string,
    selection: string | null,
    [start, stop]: readonly [number, number],
    points: number,
    signal?: AbortSignal,
  ): Promise<LineExtremes> {
    const body = { path, selection: selection ?? ':', start, stop, points };
    const response = await this.ask('line', body, signal);
    const { numbers, header } = await numbersOf(response, Extremes);
    return { edges: header.edges, extremes: numbers };
  }

  private batch(): Batch<EntityDescription> {
    return new Batch(async (paths) => {
      const response = await this.ask('entities', { paths });
      return read(Entities, await response.json());
    });
  }

  private ask(
    operation: string,
    body: object,
    signal?: AbortSignal,
  ): Promise<Response> {
    return this.beside.post(operation, { file: this.file(), ...body }, signal);
  }
}

interface Schema<T> {
  safeParse: (
    value: unknown,
  ) => { success: true; data: T } | { success: false };
}

function read<T>(schema: Schema<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (!parsed.success) {
    throw new NotBeside('an answer that is not known');
  }
  return parsed.data;
}

async function numbersOf<T extends { dtype: string }>(
  response: Response,
  schema: Schema<T>,
): Promise<{ numbers: Numbers; header: T }> {
  const text = response.headers.get('X-Beamtime-Array') ?? 'null';
  const header = read(schema, JSON.parse(text));
  const numbers = toTypedArray(header.dtype, await response.arrayBuffer());
  if (numbers === undefined) {
    throw new NotBeside(header.dtype);
  }
  return { numbers, header };
}
