import type { ExperimentQuery } from '@beamtime/contract';
import type { PanoscConfig } from './config.js';

/** A filter in LoopBack's language. */
export type Filter = Record<string, unknown>;

const DATASETS = 'datasets';

/** What a document should come with, from most to least: some sites know no more. */
export const WITH_DATASETS: readonly Filter[] = [
  include(DATASETS, ['instrument', 'techniques', 'samples']),
  include(DATASETS, ['instrument']),
  include(DATASETS, []),
];
const WITH_INSTRUMENT: readonly Filter[] = [
  include(DATASETS, ['instrument']),
  {},
];

/** The conditions, all on one level: `text` is known on the first one only. */
export function whereOf(
  { text = '', from, to }: ExperimentQuery,
  documents: PanoscConfig['documents'],
): Filter {
  const start = from && `${from}T00:00:00.000Z`;
  const end = to && `${to}T23:59:59.999Z`;
  return {
    ...(text.trim() !== '' && { text: text.trim() }),
    ...(documents !== 'all' && { type: documents }),
    ...(start !== undefined && end !== undefined
      ? { startDate: { between: [start, end] } }
      : start !== undefined
        ? { startDate: { gte: start } }
        : end !== undefined && { startDate: { lte: end } }),
  };
}

/**
 * What documents of a list come with. A condition on what is included takes rows out of the part
 * that the source has already cut: such parts are short, and that is not the end.
 */
export function includesOf({
  instruments,
}: ExperimentQuery): readonly Filter[] {
  return instruments === undefined
    ? WITH_INSTRUMENT
    : [
        {
          include: [
            {
              relation: DATASETS,
              scope: {
                include: [
                  {
                    relation: 'instrument',
                    scope: { where: { name: { inq: instruments } } },
                  },
                ],
              },
            },
          ],
        },
      ];
}

/** The pid keeps in place what is equal. */
export function orderOf({
  sort = 'start',
  order = sort === 'start' ? 'desc' : 'asc',
}: ExperimentQuery): string[] {
  const keys = { start: 'startDate', proposal: 'pid', title: 'title' } as const;
  const key = keys[sort];
  const first = `${key} ${order.toUpperCase()}`;
  return key === 'pid' ? [first] : [first, 'pid ASC'];
}

function include(relation: string, relations: readonly string[]): Filter {
  const scope = { include: relations.map((one) => ({ relation: one })) };
  return {
    include: [relations.length > 0 ? { relation, scope } : { relation }],
  };
}
