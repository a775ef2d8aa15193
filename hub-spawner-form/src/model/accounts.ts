import {
  accountsFor,
  formatDuration,
  qosFor,
  type Association,
  type FormData as SessionForm,
} from '@beamtime/contract';
import { findPartition, type Choice } from './choice.js';

/** Something to choose, with what is known of it. */
export interface Offer {
  name: string;
  title: string;
}

/** The person's associations that can be used in the chosen partition; `null` if not known. */
function associationsHere(
  form: SessionForm,
  choice: Choice,
): readonly Association[] | null {
  const partition = findPartition(form, choice.partition);
  const { associations } = form;
  return associations && associations.length > 0 && partition
    ? accountsFor(partition, associations)
    : null;
}

/** The accounts that may be charged; `null` where Slurm does not tell. */
export function accountsOf(form: SessionForm, choice: Choice): Offer[] | null {
  const here = associationsHere(form, choice);
  if (here === null) {
    return null;
  }
  const usual = here.find(({ isDefault }) => isDefault)?.account;
  const names = [...new Set(here.map(({ account }) => account))];
  return [
    { name: '', title: usual ? `Usual one (${usual})` : 'Usual one' },
    ...names.map((name) => ({ name, title: name })),
  ];
}

/** The priority classes of the chosen account; `null` where Slurm does not tell. */
export function qosOf(form: SessionForm, choice: Choice): Offer[] | null {
  const here = associationsHere(form, choice);
  if (here === null) {
    return null;
  }
  const charged = here.filter(({ account, isDefault }) =>
    choice.account === '' ? isDefault : account === choice.account,
  );
  const usual = charged.find(({ defaultQos }) => defaultQos)?.defaultQos;
  const partition = findPartition(form, choice.partition);
  const names = [
    ...new Set(
      charged.flatMap((one) => (partition ? qosFor(partition, one) : one.qos)),
    ),
  ];
  return [
    { name: '', title: usual ? `Usual one (${usual})` : 'Usual one' },
    ...names.map((name) => ({ name, title: qosTitle(form, name) })),
  ];
}

function qosTitle({ qos }: SessionForm, name: string): string {
  const known = qos.find((other) => other.name === name);
  if (!known) {
    return name;
  }
  const { description, maxMinutes, maxCpus, maxGpus } = known;
  const limits = [
    ...(description && description.toLowerCase() !== name.toLowerCase()
      ? [description]
      : []),
    ...(maxMinutes === null ? [] : [`up to ${formatDuration(maxMinutes)}`]),
    ...(maxCpus === null ? [] : [`${maxCpus} cores`]),
    ...(maxGpus === null ? [] : [`${maxGpus} GPUs`]),
  ];
  return limits.length === 0 ? name : `${name} – ${limits.join(', ')}`;
}

/** The reservations of the person, each with its machines and its time. */
export function reservationsOf({ cluster }: SessionForm, now: number): Offer[] {
  return [
    { name: '', title: 'None' },
    ...cluster.reservations.map(({ name, nodes, start, end }) => {
      const times = [
        ...(Date.parse(start) > now ? [`from ${clock(start)}`] : []),
        ...(end === null ? [] : [`until ${clock(end)}`]),
      ];
      return {
        name,
        title: [
          `${name} – ${nodes.length > 3 ? `${nodes.length} machines` : nodes.join(', ')}`,
          ...times,
        ].join(', '),
      };
    }),
  ];
}

const clock = (instant: string) =>
  new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(instant));
