import type {
  ClusterNode,
  Experiment,
  FormData as SessionForm,
  Partition,
} from '@beamtime/contract';

/** A cluster, a policy and experiments that the tests agree on. */
export function node(
  name: string,
  cpus: number,
  memoryMiB: number,
  more: Partial<ClusterNode> = {},
): ClusterNode {
  return {
    name,
    state: 'idle',
    usable: true,
    cpus,
    idleCpus: cpus,
    memoryMiB,
    idleMemoryMiB: memoryMiB,
    reservedFrom: null,
    gpus: [],
    features: [],
    ...more,
  };
}

export function partition(
  name: string,
  nodes: ClusterNode[],
  more: Partial<Partition> = {},
): Partition {
  return {
    name,
    state: 'up',
    maxMinutes: 1440,
    maxCpusPerNode: null,
    maxMemoryMiBPerNode: null,
    defaultMemoryMiBPerCpu: null,
    allowGroups: null,
    allowAccounts: null,
    denyAccounts: [],
    allowQos: null,
    denyQos: [],
    defaultMinutes: null,
    exclusive: false,
    needsReservation: false,
    isDefault: false,
    nodes,
    ...more,
  };
}

export const gpuNodes = [
  node('gpu01', 32, 262_144, {
    idleCpus: 16,
    gpus: [{ type: 'a100', total: 2, idle: 1 }],
    features: ['a100'],
  }),
  node('gpu02', 64, 131_072, {
    gpus: [{ type: 'v100', total: 4, idle: 4 }],
  }),
];

export function experiment(
  id: string,
  proposal: string,
  title: string,
  more: Partial<Experiment> = {},
): Experiment {
  return {
    ref: { source: 'embedded', id },
    proposal,
    title,
    instrument: { name: 'BX11' },
    visibility: 'member',
    people: [],
    pids: [],
    ...more,
  };
}

export const cracks = experiment('e1', 'MA-5127', 'Crack growth in steel');
export const cathode = experiment('e2', 'CH-6410', 'Cathode ageing', {
  start: '2026-03-03T08:00:00Z',
  end: '2026-03-06T08:00:00Z',
  people: [{ name: 'Ines Duval', role: 'local-contact', pids: [] }],
});

/** What the hub says there is. Fresh for each test. */
export function sessionForm(more: Partial<SessionForm> = {}): SessionForm {
  return {
    cluster: {
      kind: 'slurm',
      asOf: '2026-11-21T14:02:00Z',
      partitions: [
        partition('cpu', [
          node('cpu01', 32, 65_536),
          node('cpu02', 16, 65_536),
        ]),
        partition('gpu', gpuNodes),
        partition('short', [node('cpu01', 32, 65_536)], { maxMinutes: 30 }),
        partition('beam', [node('cpu03', 8, 8192)], { allowGroups: ['beam'] }),
      ],
      reservations: [],
    },
    policy: {
      environments: [
        { id: 'analysis', name: 'Analysis', description: 'h5py, silx' },
        { id: 'imaging', name: 'Imaging', description: 'napari' },
      ],
      partitions: { cpu: { title: 'Everyday analysis', simple: true } },
      durations: [60, 240, 480, 1440],
      allow: {
        customEnvironments: true,
        extraOptions: false,
        startByLink: false,
      },
      rules: [],
    },
    experiments: {
      items: [cracks, cathode],
      asOf: '2026-11-21T14:02:00Z',
      problems: [],
    },
    unixGroups: ['users'],
    last: null,
    presets: [],
    associations: null,
    qos: [],
    sessions: { limit: null, names: [] },
    ...more,
  };
}
