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
import { ServerConnection } from '@jupyterlab/services';

import { isLargePicture } from './beside/cost.js';
import { NotBeside } from './beside/schema.js';
import { exportAs, selectedShape } from './export/export.js';
import { toEntity } from './h5web-entities.js';
import type { LargeValues, NotReduced } from './large-values.js';
import { Pace } from './pace.js';
import { LargePictures } from './pictures.js';
import type { Reader } from './reader.js';
import { FileFailure } from './worker/failure.js';
import type { Failure } from './worker/protocol.js';

/** Gives H5Web what it shows, from the file that a connection has open. */
export class Hdf5Provider extends DataProviderApi {
  /** Called with each value that has come, and the time that it took in ms. */
  onValue:
    | ((params: ValuesStoreParams, value: unknown, duration: number) => void)
    | null = null;
  readonly pictures: LargePictures;
  private ahead = false;

  /**
   * @param filepath - What H5Web shows as the file's name.
   * @param large - Asks before much is read.
   * @param wordsFor - Says what a failure means for what stands at a path of the file.
   * @param pace - Hears how fast values come.
   */
  constructor(
    filepath: string,
    private readonly reader: Reader,
    private readonly large: LargeValues,
    private readonly wordsFor: (failure: Failure, path: string) => string,
    private readonly pace = new Pace(),
  ) {
    super(filepath);
    this.pictures = new LargePictures(reader);
  }

  override async getEntity(path: string): Promise<ProvidedEntity> {
    return toEntity(await this.inWords(path, this.reader.entity(path)));
  }

  override async getValue(
    params: ValuesStoreParams,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const { path } = params.dataset;
    const begin = performance.now();
    const value = await this.inWords(path, this.read(params, signal), signal);
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
    return this.inWords(path, this.reader.attributes(path, names));
  }

  override getSearchablePaths(path: string): Promise<string[]> {
    return this.inWords(path, this.reader.paths(path));
  }

  override getExportURL(
    format: ExportFormat,
    dataset: Dataset,
    selection?: string,
    exporter?: BuiltInExporter,
  ): ExportURL | undefined {
    if (exporter !== undefined) {
      return () => Promise.resolve(new Blob([exporter()]));
    }
    const shape = selectedShape(dataset, selection);
    if (format !== 'npy' && !(format === 'tiff' && shape.length === 2)) {
      return undefined;
    }
    return async () => {
      const { path } = dataset;
      const value = this.reader.value(path, selection ?? null);
      return exportAs(format, await this.inWords(path, value), shape);
    };
  }

  private async read(
    params: ValuesStoreParams,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const { ahead } = this;
    const { path } = params.dataset;
    const selection = params.selection ?? null;
    const cost = this.reader.cost(path, selection);
    if (ahead || cost === null) {
      return this.reader.value(path, selection, { ahead, signal });
    }
    let choice = await this.large.ask(params, cost, signal);
    while (choice === 'reduced') {
      try {
        // A dataset that is one picture is drawn without a selection.
        return await this.reader.reducedPicture(
          path,
          selection ?? ':,:',
          signal,
        );
      } catch (error) {
        if (signal?.aborted) {
          throw new FileFailure({ kind: 'cancelled' });
        }
        choice = await this.large.ask(params, cost, signal, whyNot(error));
      }
    }
    if (selection !== null && isLargePicture(cost, selection)) {
      return this.pictures.get(params, selection, signal);
    }
    const begin = performance.now();
    const value = await this.reader.value(path, selection, { signal });
    if (ArrayBuffer.isView(value)) {
      this.pace.add(value.byteLength, performance.now() - begin);
    }
    return value;
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

function whyNot(error: unknown): NotReduced {
  if (error instanceof ServerConnection.NetworkError) {
    return 'unreachable';
  }
  return error instanceof NotBeside && !error.isThere
    ? 'not-installed'
    : 'not-read';
}
