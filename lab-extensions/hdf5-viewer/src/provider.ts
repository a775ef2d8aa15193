import { AbortError, DataProviderApi } from '@h5web/app';
import type {
  AttributeValues,
  BuiltInExporter,
  Dataset,
  Entity,
  ExportFormat,
  ExportURL,
  ProvidedEntity,
  ValuesStoreParams,
} from '@h5web/app';

import type { Connection } from './connection.js';
import { toEntity } from './h5web-entities.js';
import { FileFailure } from './worker/failure.js';
import type { Failure } from './worker/protocol.js';

/** Gives H5Web what it shows, from the file that a connection has open. */
export class Hdf5Provider extends DataProviderApi {
  /** Called with each value that has come, and the time that it took in ms. */
  onValue:
    | ((params: ValuesStoreParams, value: unknown, duration: number) => void)
    | null = null;
  private ahead = false;

  /**
   * @param filepath - What H5Web shows as the file's name.
   * @param wordsFor - Says what a failure means for what stands at a path of the file.
   */
  constructor(
    filepath: string,
    private readonly connection: Pick<Connection, 'ask'>,
    private readonly wordsFor: (failure: Failure, path: string) => string,
  ) {
    super(filepath);
  }

  override async getEntity(path: string): Promise<ProvidedEntity> {
    const answer = this.connection.ask('entity', { path });
    return toEntity(await this.inWords(path, answer));
  }

  override async getValue(
    params: ValuesStoreParams,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const { dataset, selection } = params;
    const { path } = dataset;
    const args = { path, selection: selection ?? null, ahead: this.ahead };
    const begin = performance.now();
    const value = await this.inWords(
      path,
      this.connection.ask('value', args, signal),
      signal,
    );
    this.onValue?.(params, value, performance.now() - begin);
    return value;
  }

  /** Runs `request`; the values that it asks for are read after all else. */
  fetchAhead(request: () => void): void {
    this.ahead = true;
    try {
      request();
    } finally {
      this.ahead = false;
    }
  }

  override async getAttrValues(entity: Entity): Promise<AttributeValues> {
    const { path, attributes } = entity;
    if (attributes.length === 0) {
      return {};
    }
    const names = attributes.map(({ name }) => name);
    return this.inWords(
      path,
      this.connection.ask('attributes', { path, names }),
    );
  }

  override getSearchablePaths(path: string): Promise<string[]> {
    return this.inWords(path, this.connection.ask('paths', { path }));
  }

  override getExportURL(
    _format: ExportFormat,
    _dataset: Dataset,
    _selection?: string,
    exporter?: BuiltInExporter,
  ): ExportURL | undefined {
    return exporter && (() => Promise.resolve(new Blob([exporter()])));
  }

  private async inWords<T>(
    path: string,
    answer: Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (!(error instanceof FileFailure)) {
        throw error;
      }
      if (error.failure.kind === 'cancelled') {
        // H5Web tells its own cancelling from a failure by this class.
        const reason: unknown = signal?.reason;
        throw reason instanceof AbortError ? reason : new AbortError();
      }
      // eslint-disable-next-line preserve-caught-error -- H5Web shows a cause; this one says less.
      throw new Error(this.wordsFor(error.failure, path));
    }
  }
}
