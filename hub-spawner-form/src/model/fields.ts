import {
  checkRequest,
  type FieldError,
  type FormData as SessionForm,
  type SessionRequest,
} from '@beamtime/contract';

/** The parts of the form, in their order. Errors stand at one of them. */
export const FIELDS = [
  'experiments',
  'software',
  'where',
  'amount',
  'gpus',
  'time',
] as const;
export type FieldName = (typeof FIELDS)[number];

export const FIELD_TITLES: Record<FieldName, string> = {
  experiments: 'Experiment',
  software: 'Software',
  where: 'Where to run',
  amount: 'How much',
  gpus: 'GPUs',
  time: 'How long',
};

/** Messages by field; `other` holds those that belong to none of them. */
export type Problems = Readonly<Record<FieldName | 'other', readonly string[]>>;

const FIELD_OF: Record<keyof SessionRequest, FieldName | 'other'> = {
  experiments: 'experiments',
  environment_id: 'software',
  partition: 'where',
  nprocs: 'amount',
  memory: 'amount',
  ngpus: 'gpus',
  gpu_type: 'gpus',
  runtime: 'time',
  default_url: 'other',
};

/** The part of the form where a key of the request is chosen. */
export function fieldOf(key: string): FieldName | 'other' {
  const known = Object.entries(FIELD_OF).find(([name]) => name === key);
  return known ? known[1] : 'other';
}

/**
 * What is wrong with a request, by the rules and by what the hub has refused.
 * `blocked` if the rules alone refuse it.
 */
export function findProblems(
  form: SessionForm,
  request: SessionRequest,
  refused: readonly FieldError[],
): { problems: Problems; blocked: boolean } {
  const outcome = checkRequest(request, form);
  const broken = [
    ...checkEnvironment(form, request),
    ...(outcome.ok ? [] : outcome.errors),
  ];
  const problems: Record<FieldName | 'other', string[]> = {
    experiments: [],
    software: [],
    where: [],
    amount: [],
    gpus: [],
    time: [],
    other: [],
  };
  for (const { field, message } of [...broken, ...refused]) {
    const messages = problems[fieldOf(field)];
    // The hub runs the same rules: say it once.
    if (!messages.includes(message)) {
      messages.push(message);
    }
  }
  return { problems, blocked: broken.length > 0 };
}

function checkEnvironment(
  { policy }: SessionForm,
  { environment_id: id }: SessionRequest,
): FieldError[] {
  return id === undefined ||
    policy.environments.some((offered) => offered.id === id)
    ? []
    : [
        {
          field: 'environment_id',
          message: `There is no software ${JSON.stringify(id)} here. Choose another.`,
        },
      ];
}
