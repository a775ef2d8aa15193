import type { SessionRequest } from '@beamtime/contract';

export type Tab = 'simple' | 'advanced';

/** The parts of the form, in their order. Errors stand at one of them. */
export const FIELDS = [
  'experiments',
  'software',
  'own',
  'modules',
  'where',
  'account',
  'qos',
  'reservation',
  'constraint',
  'cores',
  'memory',
  'gpus',
  'time',
  'exclusive',
  'opening',
  'interface',
  'root',
  'log',
  'options',
] as const;
export type FieldName = (typeof FIELDS)[number];

interface Labels {
  /** In the simple form; absent where only Advanced has it. */
  simple?: string;
  advanced: string;
  /** What it is called in sbatch. */
  option?: string;
}

export const LABELS: Record<FieldName, Labels> = {
  experiments: { simple: 'Experiment', advanced: 'Experiment' },
  software: { simple: 'Software', advanced: 'Software' },
  own: { advanced: 'Folder with bin, or image' },
  modules: { advanced: 'Modules' },
  where: {
    simple: 'Where to run',
    advanced: 'Partition',
    option: '--partition',
  },
  account: { advanced: 'Account', option: '--account' },
  qos: { advanced: 'Priority class', option: '--qos' },
  reservation: { advanced: 'Reservation', option: '--reservation' },
  constraint: { advanced: 'Kind of machine', option: '--constraint' },
  cores: {
    simple: 'How much',
    advanced: 'Cores',
    option: '--cpus-per-task',
  },
  memory: { simple: 'How much', advanced: 'Memory', option: '--mem' },
  gpus: { simple: 'GPUs', advanced: 'GPUs', option: '--gres' },
  time: { simple: 'How long', advanced: 'Time', option: '--time' },
  exclusive: { advanced: 'Sharing', option: '--exclusive' },
  opening: { simple: 'Open first', advanced: 'Open first' },
  interface: { advanced: 'Kind of notebook' },
  root: { advanced: 'Start folder' },
  log: { advanced: 'Log', option: '--output' },
  options: { advanced: 'More sbatch options' },
};

/** What a field is called on a tab; on the other one where this one does not have it. */
export function labelOf(field: FieldName, tab: Tab): string {
  const labels = LABELS[field];
  return tab === 'simple' && labels.simple !== undefined
    ? labels.simple
    : labels.advanced;
}

/** The id of a field's element. The simple form has cores and memory in one. */
export function fieldId(field: FieldName, tab: Tab): string {
  return `bt-${tab === 'simple' && field === 'memory' ? 'cores' : field}`;
}

/** Whether the simple form has the field. */
export const isSimple = (field: FieldName): boolean =>
  LABELS[field].simple !== undefined;

const FIELD_OF: Record<keyof SessionRequest, FieldName> = {
  experiments: 'experiments',
  environment_id: 'software',
  environment_path: 'own',
  environment_name: 'own',
  environment_modules: 'modules',
  partition: 'where',
  account: 'account',
  qos: 'qos',
  reservation: 'reservation',
  constraint: 'constraint',
  nprocs: 'cores',
  memory: 'memory',
  ngpus: 'gpus',
  gpu_type: 'gpus',
  runtime: 'time',
  exclusive: 'exclusive',
  default_url: 'opening',
  interface: 'interface',
  root_dir: 'root',
  output: 'log',
  options: 'options',
};

/** The part of the form where a key of the request is chosen. */
export function fieldOf(key: string): FieldName | 'other' {
  const known = Object.entries(FIELD_OF).find(([name]) => name === key);
  return known ? known[1] : 'other';
}
