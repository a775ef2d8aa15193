import type {
  Dataset,
  Experiment,
  Person,
  PersonRole,
  Visibility,
} from '@beamtime/contract';
import type { Places } from '../remote/places.js';
import { instant } from '../remote/values.js';
import type { ScicatConfig } from './config.js';
import type { Instrument, Proposal, ScicatDataset } from './records.js';

type Site = Pick<ScicatConfig, 'cycleField' | 'localContactField'> & {
  source: string;
};

/** What a proposal is to us. Open data comes without its people. */
export function toExperiment(
  proposal: Proposal,
  visibility: Visibility,
  instruments: readonly Instrument[],
  places: Places,
  site: Site,
): Experiment {
  const { proposalId: id, abstract, numberOfDatasets } = proposal;
  const ids = proposal.instrumentIds ?? [];
  const instrument =
    instruments.find(({ pid }) => ids.includes(pid))?.name ??
    proposal.MeasurementPeriodList?.find((period) => period.instrument)
      ?.instrument ??
    '';
  const cycle = said(proposal, site.cycleField);
  const start = instant(proposal.startTime);
  const end = instant(proposal.endTime);
  const known = { id, proposal: id, instrument, cycle, start };
  const dataPath = places.dataPath(known);
  const url = places.portal(known);
  return {
    ref: { source: site.source, id },
    proposal: id,
    title: proposal.title,
    instrument: { name: instrument },
    visibility,
    people: visibility === 'public' ? [] : peopleOf(proposal, site),
    pids: [],
    ...(abstract && { abstract }),
    ...(cycle !== undefined && { cycle }),
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(url !== undefined && { url }),
    ...(dataPath !== undefined && { dataPath }),
    ...(typeof numberOfDatasets === 'number' && {
      datasetCount: numberOfDatasets,
    }),
  };
}

/** @param hasThumbnail - which SciCat tells elsewhere. */
export function toDataset(
  row: ScicatDataset,
  hasThumbnail: boolean,
  places: Places,
  source: string,
): Dataset {
  const { pid, description, license, size, numberOfFiles } = row;
  const sample = (row.samples ?? [])
    .map((one) => one.description ?? one.sampleId)
    .concat(row.samples?.length ? [] : (row.sampleIds ?? []))
    .join(', ');
  const start = instant(row.startTime ?? row.creationTime);
  const end = instant(row.endTime);
  const path = places.path(row.sourceFolder);
  const isOnDisk = row.datasetlifecycle?.isOnCentralDisk;
  return {
    ref: { source, id: pid },
    name: row.datasetName ?? pid,
    type:
      row.type === 'raw'
        ? 'raw'
        : row.type === 'derived'
          ? 'processed'
          : 'other',
    techniques: (row.techniques ?? []).map((technique) => ({
      name: technique.name,
      ...(technique.pid && { pid: technique.pid }),
    })),
    pids: [{ scheme: pid.startsWith('10.') ? 'doi' : 'handle', value: pid }],
    hasThumbnail,
    ...(description && { description }),
    ...(sample !== '' && { sample }),
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(path !== undefined && { path }),
    // 0 of what has files is only that nobody has counted.
    ...(size && { bytes: size }),
    ...(numberOfFiles && { fileCount: numberOfFiles }),
    ...(typeof isOnDisk === 'boolean' && {
      online: isOnDisk ? 'online' : 'archived',
    }),
    ...(license && { license }),
  };
}

function peopleOf(proposal: Proposal, site: Site): Person[] {
  const contact = said(proposal, site.localContactField);
  const { pi_firstname, pi_lastname, pi_email } = proposal;
  const { firstname, lastname, email } = proposal;
  const people = [
    ...person('local-contact', [contact]),
    ...person('pi', [pi_firstname, pi_lastname], pi_email),
    ...person('co-proposer', [firstname, lastname], email),
  ];
  const seen = new Set<string>();
  return people.filter(({ name }) => !seen.has(name) && seen.add(name));
}

type Maybe = string | null | undefined;

function person(
  role: PersonRole,
  names: readonly Maybe[],
  email?: Maybe,
): Person[] {
  const name = names.filter(Boolean).join(' ').trim();
  return name === '' ? [] : [{ name, role, pids: [], ...(email && { email }) }];
}

/** What a site has put into a field of its own, plain or with a unit. */
function said(
  { metadata }: Proposal,
  field: string | undefined,
): string | undefined {
  const value = field === undefined ? undefined : metadata?.[field];
  const plain =
    typeof value === 'object' && value !== null && 'value' in value
      ? value.value
      : value;
  return typeof plain === 'string' && plain !== '' ? plain : undefined;
}
