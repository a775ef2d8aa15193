import { type FieldError, SessionRequest } from '@beamtime/contract';

/** What each field of a request must be, for a person who wrote it in a URL or a REST call. */
const EXPECTED: Readonly<Record<keyof SessionRequest, string>> = {
  experiments:
    'Give a list of at most 20 experiment keys, for instance "embedded:e1".',
  environment_id: 'Give the id of one of the environments.',
  partition: 'Name a partition.',
  nprocs: 'Give a whole number of cores, at least 1.',
  memory: 'Give a size of memory, for instance 8G or 500M.',
  ngpus: 'Give a whole number of GPUs, 0 for none.',
  gpu_type: 'Give a type of GPU by the cluster’s name, for instance a100.',
  runtime: 'Give a time as hours:minutes:seconds, for instance 4:00:00.',
  default_url: 'Give a path below the server, for instance /lab/tree/notes.',
  account: 'Give the name of an account.',
  qos: 'Give the name of a priority class (QOS).',
  reservation: 'Give the name of a reservation.',
  constraint:
    'Give features of machines with & or | between them, for instance a100&ib.',
  interface: 'Give "lab" or "notebook".',
  exclusive: 'Give true or false.',
  output: 'Give true or false.',
  root_dir:
    'Give a folder by its whole path, or below your home, for instance ~/notebooks.',
  options:
    'Give options of sbatch on one line, for instance --mail-type=BEGIN.',
  environment_path:
    'Give the folder of its programs or its image by the whole path, without blanks or quotes, for instance ~/envs/strain/bin or /images/strain.sif.',
  environment_modules: 'Give a list of names of modules, at most 50.',
  environment_name: 'Give a name of at most 100 characters on one line.',
};

const isField = (name: PropertyKey): name is keyof SessionRequest =>
  Object.hasOwn(EXPECTED, name);

/** Reads the hub's `user_options`: the request, or what is wrong with each field. */
export function readRequest(
  options: unknown,
): { ok: true; request: SessionRequest } | { ok: false; errors: FieldError[] } {
  const parsed = SessionRequest.safeParse(options);
  if (parsed.success) {
    return { ok: true, request: parsed.data };
  }
  const errors = new Map<string, FieldError>();
  for (const issue of parsed.error.issues) {
    const [field = ''] = issue.path;
    if (issue.code === 'unrecognized_keys') {
      errors.set('', {
        field: '',
        message: `A session cannot be asked for ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}. It knows: ${Object.keys(EXPECTED).join(', ')}.`,
      });
    } else if (isField(field)) {
      errors.set(field, { field, message: EXPECTED[field] });
    } else {
      errors.set('', {
        field: '',
        message: 'The options of a session are an object of named fields.',
      });
    }
  }
  return { ok: false, errors: [...errors.values()] };
}
