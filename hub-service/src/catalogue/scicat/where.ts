import type { ExperimentQuery } from '@beamtime/contract';
import type { Standing } from './standing.js';

/** A condition in MongoDB's language, as far as SciCat takes it. */
export type Where = Record<string, unknown>;

const TITLES = ['title', 'proposalId', 'abstract'];
const PEOPLE = ['pi_firstname', 'pi_lastname', 'firstname', 'lastname'];

/** Every word is in one of the fields, whatever its case; what the person typed is no pattern. */
export function contains(text: string, fields: readonly string[]): Where[] {
  return words(text).map((word) => ({ $or: anyOf(fields, word) }));
}

/**
 * The conditions of a list of proposals, all to hold. They go into `$and` in one piece: SciCat adds
 * what the person may see, and where it has an `$or` of its own, one beside it would be lost.
 *
 * @param instruments - ids of the instruments asked for, any of them; `null` for all.
 */
export function conditions(
  { text = '', scope = 'all', cycle, from, to }: ExperimentQuery,
  standing: Standing,
  instruments: readonly string[] | null,
  cycleField: string | undefined,
): Where[] {
  const mayFindByPeople = insiders(standing);
  return [
    ...mayBeSeen(standing),
    ...words(text).map((word) => ({
      $or: [
        ...anyOf(TITLES, word),
        ...mayFindByPeople.map((where) => ({
          $and: [where, { $or: anyOf(PEOPLE, word) }],
        })),
      ],
    })),
    ...ofScope(scope, standing),
    ...(instruments ? [{ instrumentIds: { $in: instruments } }] : []),
    ...(cycle === undefined ? [] : [ofCycle(cycle, cycleField)]),
    ...(from === undefined
      ? []
      : [{ startTime: { $gte: `${from}T00:00:00.000Z` } }]),
    ...(to === undefined
      ? []
      : [{ startTime: { $lte: `${to}T23:59:59.999Z` } }]),
  ];
}

function ofScope(
  scope: NonNullable<ExperimentQuery['scope']>,
  { groups }: Standing,
): Where[] {
  switch (scope) {
    case 'mine':
      return [ofGroups(groups)];
    case 'public':
      return [{ isPublished: true }];
    case 'embargoed':
      return [{ isPublished: { $ne: true } }];
    case 'all':
    case 'instrument': // Its instruments are given.
      return [];
  }
}

/** The service's own account sees everything, so that it asks for no more than the person may. */
function mayBeSeen({ staff, groups }: Standing): Where[] {
  return staff === undefined || staff === 'all'
    ? []
    : [
        {
          $or: [
            { isPublished: true },
            ofGroups(groups),
            { instrumentIds: { $in: [...staff] } },
          ],
        },
      ];
}

/** Of which proposals a person may see the people, and so find by them; `{}` of all. */
function insiders({ groups, staff }: Standing): Where[] {
  if (staff === 'all') {
    return [{}];
  }
  return [
    ...(groups.length > 0 ? [ofGroups(groups)] : []),
    ...(staff ? [{ instrumentIds: { $in: [...staff] } }] : []),
  ];
}

function ofGroups(groups: readonly string[]): Where {
  return {
    $or: [{ ownerGroup: { $in: groups } }, { accessGroups: { $in: groups } }],
  };
}

/** SciCat keeps a site's own words plain or with a unit. */
function ofCycle(cycle: string, field: string | undefined): Where {
  return field === undefined
    ? { proposalId: { $in: [] } }
    : {
        $or: [
          { [`metadata.${field}`]: cycle },
          { [`metadata.${field}.value`]: cycle },
        ],
      };
}

function anyOf(fields: readonly string[], word: string): Where[] {
  return fields.map((field) => ({
    [field]: { $regex: escape(word), $options: 'i' },
  }));
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
