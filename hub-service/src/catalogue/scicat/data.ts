import type {
  DataFile,
  Dataset,
  Experiment,
  PartQuery,
} from '@beamtime/contract';
import type { AdapterPage, Asking, Thumbnail } from '../adapter.js';
import { Rows, readRows } from '../http/rows.js';
import { after, type Window, windowOf } from '../http/skip.js';
import type { HttpSource } from '../http/source.js';
import type { Places } from '../remote/places.js';
import * as z from 'zod/mini';
import { toFile } from './files.js';
import { gone } from './gone.js';
import { toDataset } from './map.js';
import {
  Attachment,
  BlockFile,
  Count,
  FileRow,
  ScicatDataset,
  Thumbnail as ThumbnailRow,
  WithBlocks,
} from './records.js';
import { questionAs, type Standing } from './standing.js';
import { readPicture } from './thumbnail.js';
import { contains, type Where } from './where.js';

/** Without `scientificMetadata`, which may be large. Every key that is sorted by must be here. */
const FIELDS = [
  'pid',
  'datasetName',
  'description',
  'type',
  'sourceFolder',
  'proposalIds',
  'creationTime',
  'startTime',
  'endTime',
  'size',
  'numberOfFiles',
  'isPublished',
  'license',
  'techniques',
  'sampleIds',
  'datasetlifecycle',
];

/** Datasets and files of a proposal that the person may see. */
export class ScicatData {
  constructor(
    private readonly source: string,
    private readonly http: HttpSource,
    private readonly places: Places,
  ) {}

  async datasets(
    asking: Asking,
    standing: Standing,
    proposal: string,
    query: PartQuery,
  ): Promise<AdapterPage<Dataset>> {
    const window = windowOf(query);
    const where = {
      $and: [
        { proposalIds: proposal },
        ...contains(query.text ?? '', ['datasetName', 'pid', 'description']),
      ],
    };
    const list = pathFor(standing);
    const [rows, { count }] = await Promise.all([
      this.http.getJson(
        list,
        questionAs(standing.bearer, asking, {
          filter: {
            where,
            fields: FIELDS,
            include: ['samples'],
            limits: {
              skip: window.skip,
              limit: window.limit + 1,
              sort: { creationTime: 'desc', pid: 'asc' },
            },
          },
        }),
        Rows,
      ),
      this.http.getJson(
        `${list}/count`,
        questionAs(standing.bearer, asking, { filter: { where } }),
        Count,
      ),
    ]);
    const { items, leftOut } = readRows(
      rows.slice(0, window.limit),
      ScicatDataset,
      (row) => row,
    );
    const pictured = await this.pictured(asking, standing, items);
    return {
      items: items.map((row) =>
        toDataset(row, pictured.has(row.pid), this.places, this.source),
      ),
      leftOut,
      total: count,
      ...after(window, rows.length),
    };
  }

  /** `null` if the proposal has no such dataset for this person. */
  async files(
    asking: Asking,
    standing: Standing,
    proposal: Experiment,
    pid: string,
    query: PartQuery,
  ): Promise<AdapterPage<DataFile> | null> {
    const dataset = await this.dataset(asking, standing, proposal, pid);
    if (dataset === null) {
      return null;
    }
    const window = windowOf(query);
    // Open datasets have blocks that are not open by themselves, only with their dataset.
    const isOpenOnly = proposal.visibility === 'public';
    const rows = isOpenOnly
      ? await this.openFiles(asking, pid, window)
      : await this.ownFiles(asking, standing, pid, window, query.text);
    const { items, leftOut } = readRows(
      rows.slice(0, window.limit),
      BlockFile,
      (file) =>
        toFile(
          file,
          dataset.sourceFolder ?? '',
          proposal.dataPath,
          this.places,
        ),
    );
    const sought = (query.text ?? '').toLowerCase().split(/\s+/);
    return {
      items: items.filter(({ name }) =>
        sought.every((word) => name.toLowerCase().includes(word)),
      ),
      leftOut,
      ...after(window, rows.length),
    };
  }

  async thumbnail(
    asking: Asking,
    standing: Standing,
    proposal: Experiment,
    pid: string,
  ): Promise<Thumbnail | null> {
    if ((await this.dataset(asking, standing, proposal, pid)) === null) {
      return null;
    }
    const row = await this.http
      .getJson(
        `v3/datasets/${encodeURIComponent(pid)}/thumbnail`,
        questionAs(standing.bearer, asking),
        z.optional(ThumbnailRow),
      )
      .catch(gone);
    return row?.thumbnail === undefined ? null : readPicture(row.thumbnail);
  }

  /** Of which proposals the datasets are, as far as the person may see them. */
  async proposalsOf(
    asking: Asking,
    standing: Standing,
    pids: readonly string[],
  ): Promise<string[]> {
    const rows = await this.list(asking, standing, pathFor(standing), {
      where: { pid: { $in: pids } },
      fields: ['pid', 'proposalIds'],
      limits: { skip: 0, limit: pids.length, sort: { pid: 'asc' } },
    });
    const { items } = readRows(rows, ScicatDataset, (row) => row.proposalIds);
    return [...new Set(items.flat())];
  }

  private async dataset(
    asking: Asking,
    standing: Standing,
    proposal: Experiment,
    pid: string,
  ): Promise<ScicatDataset | null> {
    const row = await this.http
      .getJson(
        `${pathFor(standing)}/${encodeURIComponent(pid)}`,
        questionAs(standing.bearer, asking),
        z.optional(ScicatDataset), // Empty for one that is not open.
      )
      .catch(gone);
    return row?.proposalIds.includes(proposal.ref.id) ? row : null;
  }

  private async ownFiles(
    asking: Asking,
    standing: Standing,
    pid: string,
    { skip, limit }: Window,
    text = '',
  ): Promise<unknown[]> {
    const rows = await this.list(asking, standing, 'v4/origdatablocks/files', {
      where: {
        $and: [{ datasetId: pid }, ...contains(text, ['dataFileList.path'])],
      },
      // With limits there is no order unless one is given.
      limits: {
        skip,
        limit: limit + 1,
        sort: { 'dataFileList.path': 'asc', _id: 'asc' },
      },
    });
    return rows.map((row) => FileRow.safeParse(row).data?.dataFileList);
  }

  private async openFiles(
    asking: Asking,
    pid: string,
    { skip, limit }: Window,
  ): Promise<unknown[]> {
    const row = await this.http.getJson(
      `v4/datasets/public/${encodeURIComponent(pid)}`,
      { signal: asking.signal, query: { include: 'origdatablocks' } },
      WithBlocks,
    );
    return (row?.origdatablocks ?? [])
      .flatMap(({ dataFileList }) => dataFileList)
      .slice(skip, skip + limit + 1);
  }

  /** Which of them have a picture: SciCat tells it to those who are signed in. */
  private async pictured(
    asking: Asking,
    standing: Standing,
    datasets: readonly ScicatDataset[],
  ): Promise<ReadonlySet<string>> {
    if (standing.bearer === null || datasets.length === 0) {
      return new Set();
    }
    const pids = datasets.map(({ pid }) => pid);
    const rows = await this.list(asking, standing, 'v4/attachments', {
      where: { 'relationships.targetId': { $in: pids } },
      fields: ['relationships'],
    });
    const { items } = readRows(rows, Attachment, (row) => row.relationships);
    return new Set(items.flat().map(({ targetId }) => targetId));
  }

  private list(
    asking: Asking,
    standing: Standing,
    path: string,
    filter: { where: Where; [more: string]: unknown },
  ): Promise<unknown[]> {
    const question = questionAs(standing.bearer, asking, { filter });
    return this.http.getJson(path, question, Rows);
  }
}

/** Those who are not signed in get a 403 for the one, and the open part by the other. */
const pathFor = ({ bearer }: Standing) =>
  bearer === null ? 'v4/datasets/public' : 'v4/datasets';
