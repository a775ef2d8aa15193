import {
  count,
  formatDuration,
  formatMemory,
  formatSlurmTime,
  limitsOf,
  type FormData as SessionForm,
  type Partition,
} from '@beamtime/contract';
import {
  exactAmount,
  findPartition,
  toRequest,
  type Choice,
} from './choice.js';
import { closedFor } from './context.js';
import { fieldOf, type FieldName } from './fields.js';
import { brokenRules } from './problems.js';
import { referenceMachine } from './shares.js';
import { withPartition } from './start.js';

/** A change that would mend a field, for a button. */
export interface Remedy {
  label: string;
  patch: Partial<Choice>;
}

/** So many are offered at one field. */
const MOST = 2;

/**
 * What would run instead, for a field at which something is wrong: of the changes that one
 * thinks of first, those that the rules let through.
 */
export function remediesFor(
  form: SessionForm,
  choice: Choice,
  field: FieldName,
): Remedy[] {
  const works = ({ patch }: Remedy) => {
    const changed = { ...choice, ...patch };
    const request = toRequest(form, changed);
    return (
      JSON.stringify(request) !== JSON.stringify(toRequest(form, choice)) &&
      !brokenRules(form, changed, request).some(
        (error) => fieldOf(error.field) === field,
      )
    );
  };
  const offers = candidates(form, choice, field).filter(works);
  return [
    ...new Map(offers.map((offer) => [offer.label, offer])).values(),
  ].slice(0, MOST);
}

function candidates(
  form: SessionForm,
  choice: Choice,
  field: FieldName,
): Remedy[] {
  const partition = findPartition(form, choice.partition);
  switch (field) {
    case 'where':
      return elsewhere(form, choice, {});
    case 'cores':
    case 'memory':
    case 'gpus':
    case 'time':
      return [
        ...(partition ? smaller(partition, form, choice, field) : []),
        ...(choice.reservation === ''
          ? []
          : [
              {
                label: 'Do without the reservation',
                patch: { reservation: '' },
              },
            ]),
        ...elsewhere(form, choice, {
          amount: choice.amount,
          gpus: choice.gpus,
          runtime: choice.runtime,
        }),
      ];
    case 'experiments':
      return [
        ...choice.experiments.map((key) => ({
          label:
            choice.experiments.length > 1 ? `Leave out ${key}` : 'Use none',
          patch: {
            experiments: choice.experiments.filter((other) => other !== key),
          },
        })),
        { label: 'Use none', patch: { experiments: [] } },
      ];
    case 'software':
    case 'own':
    case 'modules':
      return form.policy.environments.map(({ id, name }) => ({
        label: `Use ${name}`,
        patch: { environment: id },
      }));
    case 'account': {
      const names = (form.associations ?? []).map(({ account }) => account);
      return [
        { label: 'Use my usual account', patch: { account: '' } },
        ...[...new Set(names)].map((account) => ({
          label: `Use ${account}`,
          patch: { account },
        })),
      ];
    }
    case 'qos':
      return [{ label: 'Use the usual one', patch: { qos: '' } }];
    case 'reservation':
      return [
        { label: 'Use none', patch: { reservation: '' } },
        ...form.cluster.reservations.map(({ name }) => ({
          label: `Use ${name}`,
          patch: { reservation: name },
        })),
      ];
    case 'constraint':
      return [{ label: 'Use any', patch: { constraint: '' } }];
    case 'exclusive':
      return [{ label: 'Share the machine', patch: { exclusive: false } }];
    case 'opening':
    case 'interface':
      return [
        { label: 'Use JupyterLab', patch: { classic: false } },
        {
          label: 'Open JupyterLab first',
          patch: { classic: false, opening: { kind: 'start' } },
        },
      ];
    case 'root':
      return [{ label: 'Start in my home', patch: { rootDir: '' } }];
    case 'log':
      return [{ label: 'Keep none', patch: { keepLog: false } }];
    case 'options':
      return [{ label: 'Leave them out', patch: { options: '' } }];
  }
}

/** What the machines here do give. */
function smaller(
  partition: Partition,
  form: SessionForm,
  choice: Choice,
  field: 'cores' | 'memory' | 'gpus' | 'time',
): Remedy[] {
  const exact = exactAmount(form, choice);
  const machine = referenceMachine(partition, choice.gpus);
  const amount = (patch: Partial<typeof exact>) => ({
    amount: { kind: 'exact' as const, ...exact, ...patch },
  });
  const limits = limitsOf(partition);
  switch (field) {
    case 'cores':
      return [machine?.cpus ?? limits.cpus, limits.cpus].map((cpus) => ({
        label: `Use ${count(cpus, 'core')}`,
        patch: amount({ cpus: String(cpus) }),
      }));
    case 'memory':
      return [
        ...(machine
          ? [
              {
                label: `Use ${formatMemory(machine.memoryMiB)}`,
                patch: amount({ memory: `${machine.memoryMiB}M` }),
              },
            ]
          : []),
        { label: 'Use the usual share', patch: amount({ memory: '' }) },
      ];
    case 'gpus': {
      const { type } = choice.gpus;
      const most = limits.gpus.get(type) ?? 0;
      const any = limits.gpusOfAnyType;
      const use = (label: string, gpus: Choice['gpus']) => ({
        label,
        patch: { gpus },
      });
      return [
        ...(type !== '' && most > 0
          ? [use(`Use ${most}`, { type, number: most })]
          : []),
        ...(any > 0
          ? [use(`Use ${any} of any type`, { type: '', number: any })]
          : []),
        use('Use none', { type: '', number: 0 }),
      ];
    }
    case 'time': {
      const shorter = [...form.policy.durations].reverse();
      return [
        ...(limits.minutes === null ? [] : [limits.minutes]),
        ...shorter,
      ].map((minutes) => ({
        label: `Use ${formatDuration(minutes)}`,
        patch: { runtime: formatSlurmTime(minutes) },
      }));
    }
  }
}

/**
 * The other partitions that are open.
 *
 * @param asked - what of the choice must stay as it is there; the rest is made to fit.
 */
function elsewhere(
  form: SessionForm,
  choice: Choice,
  asked: Partial<Choice>,
): Remedy[] {
  return form.cluster.partitions
    .filter(
      (other) =>
        other.name !== choice.partition &&
        closedFor(form, choice, other) === null,
    )
    .map(({ name }) => ({
      label: `Use ${form.policy.partitions[name]?.title ?? name}`,
      patch: { ...withPartition(form, choice, name), ...asked },
    }));
}
