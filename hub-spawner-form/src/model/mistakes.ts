import {
  parseMemoryMiB,
  SessionRequest,
  type FieldError,
} from '@beamtime/contract';
import { OWN, type Choice } from './choice.js';

/** What may be written in the fields for text. */
const EXPECTED = {
  account: 'a name as Slurm has it: letters, digits and _ . + @ -',
  qos: 'a name as Slurm has it: letters, digits and _ . + @ -',
  reservation: 'a name as Slurm has it: letters, digits and _ . + @ -',
  constraint: 'features with & (all of them) or | (one of them) between',
  root_dir: 'a folder, beginning with / or ~/',
  options: 'options in plain characters, each beginning with --',
  environment_path:
    'a path in plain characters, beginning with / or ~/, without ..',
  environment_name: 'a name of at most 100 readable characters',
  default_url: 'a path in plain characters, without ..',
} as const satisfies Partial<Record<keyof SessionRequest, string>>;

/** What was typed and cannot be a request at all. The rules know the rest. */
export function findMistakes(
  choice: Choice,
  request: SessionRequest,
): FieldError[] {
  const errors: FieldError[] = [];
  const wrong = (field: keyof SessionRequest, message: string) =>
    errors.push({ field, message });
  if (!SessionRequest.shape.nprocs.safeParse(request.nprocs).success) {
    const { amount } = choice;
    const typed = amount.kind === 'exact' ? amount.cpus : '';
    wrong(
      'nprocs',
      `${quoted(typed)} is not a number of cores. Write a whole number, at least 1.`,
    );
  }
  if (
    request.memory !== undefined &&
    parseMemoryMiB(request.memory) === undefined
  ) {
    wrong(
      'memory',
      `${quoted(request.memory)} is not a size of memory. Write a number, or nothing for the usual share.`,
    );
  }
  for (const [key, expected] of Object.entries(EXPECTED)) {
    const field = key as keyof typeof EXPECTED;
    if (!SessionRequest.shape[field].safeParse(request[field]).success) {
      wrong(field, `${quoted(request[field] ?? '')}: write ${expected}.`);
    }
  }
  const { environment_modules: modules } = request;
  if (!SessionRequest.shape.environment_modules.safeParse(modules).success) {
    wrong(
      'environment_modules',
      'Write names of modules with spaces between, for instance gcc/13 cuda/12.6.',
    );
  }
  if (
    choice.environment === OWN &&
    request.environment_path === undefined &&
    modules === undefined
  ) {
    wrong(
      'environment_path',
      'Name the folder in which your jupyterhub-singleuser lies, an image, or modules that bring it.',
    );
  }
  errors.push(...openingMistakes(choice));
  return errors;
}

function openingMistakes({ opening, classic }: Choice): FieldError[] {
  const wrong = (message: string) => [{ field: 'default_url', message }];
  const { kind } = opening;
  if (kind === 'program' && opening.program.trim() === '') {
    return wrong('Write the name of the program, for instance xterm.');
  }
  if (kind === 'path' && opening.path.trim() === '') {
    return wrong('Write the path of the file, for instance notes/day1.ipynb.');
  }
  return classic && (kind === 'desktop' || kind === 'program')
    ? wrong(
        'Desktops and programs open in JupyterLab only. Choose JupyterLab, or open something else first.',
      )
    : [];
}

const quoted = (typed: string) =>
  typed.trim() === '' ? 'An empty field' : `“${typed}”`;
