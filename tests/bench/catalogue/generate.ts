import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { once } from 'node:events';
import path from 'node:path';
import {
  CONDITIONS,
  FAMILY_BEGIN,
  FAMILY_END,
  FILLER,
  GIVEN,
  METHODS,
  PROCESSES,
  SUBJECTS,
  TECHNIQUES,
  TOWNS,
} from './vocabulary.ts';

const PEOPLE = 20_000;
const INSTRUMENTS = 40;
const FIRST_YEAR = 2006;
const YEARS = 20;
const CYCLES = ['1', '2', '3'];

/** The people who ask in the benchmark, by what they are. */
export const VISITORS = {
  /** Of a group that sees everything. */
  office: 'office',
  /** Scientist of two instruments. */
  scientist: 'u7',
  /** In the teams of some experiments. */
  member: 'u11',
  /** In none. */
  newcomer: 'newcomer',
} as const;

type Cell = string | number;

/** Gives the same numbers for the same seed, everywhere: mulberry32. */
function numbers(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (most: number) => Math.floor(next() * most);
  return {
    below,
    /** One of them, the first ones much more often than the last. */
    oneOf: <T>(list: readonly T[]): T => {
      const found = list[Math.floor(next() ** 2 * list.length)];
      if (found === undefined) {
        throw new Error('nothing to choose from');
      }
      return found;
    },
  };
}

/** A CSV file that is written row by row. */
class Csv {
  private readonly file;

  constructor(folder: string, name: string, columns: readonly string[]) {
    this.file = createWriteStream(path.join(folder, `${name}.csv`));
    this.file.write(`${columns.join(',')}\n`);
  }

  async row(...cells: readonly Cell[]): Promise<void> {
    const line = cells.map((cell) => `"${String(cell).replaceAll('"', '""')}"`);
    if (!this.file.write(`${line.join(',')}\n`)) {
      await once(this.file, 'drain');
    }
  }

  async close(): Promise<void> {
    this.file.end();
    await once(this.file, 'close');
  }
}

const plain = (word: string) => word.replaceAll('-', ' ');
const instrumentName = (n: number) =>
  `${'BX DI SA TO RE MX'.split(' ')[n % 6] ?? ''}${String(n + 1).padStart(2, '0')}`;

/** Writes the catalogue of an invented facility as a folder of CSV. */
export async function generate(
  folder: string,
  experiments: number,
  seed = 2026,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const random = numbers(seed);
  await writePlaces(folder);
  await writePeople(folder, random);
  await writeExperiments(folder, random, experiments);
}

async function writePlaces(folder: string): Promise<void> {
  const employer = new Csv(folder, 'employer', [
    'id',
    'name',
    'town',
    'country_code',
    'ror',
  ]);
  for (const [at, town] of TOWNS.entries()) {
    for (const [kind, name] of [
      'University of',
      'Institute of Physics,',
    ].entries()) {
      await employer.row(
        `a${at}-${kind}`,
        `${name} ${town}`,
        town,
        'XX',
        `https://ror.org/0${String(at)}xample${String(kind)}`,
      );
    }
  }
  await employer.close();
  const instrument = new Csv(folder, 'instrument', ['id', 'name', 'full_name']);
  for (let n = 0; n < INSTRUMENTS; n += 1) {
    const method = METHODS[n % METHODS.length] ?? '';
    await instrument.row(
      `i${n}`,
      instrumentName(n),
      `${method} beamline ${n + 1}`,
    );
  }
  await instrument.close();
  const cycle = new Csv(folder, 'cycle', ['name', 'start_date']);
  for (let year = FIRST_YEAR; year < FIRST_YEAR + YEARS; year += 1) {
    for (const part of CYCLES) {
      await cycle.row(`${year}-${part}`, `${year}-0${Number(part) * 4 - 3}-01`);
    }
  }
  await cycle.close();
}

async function writePeople(
  folder: string,
  random: ReturnType<typeof numbers>,
): Promise<void> {
  const user = new Csv(folder, 'user', [
    'id',
    'first_name',
    'last_name',
    'email',
    'affiliation_id',
    'login',
    'orcid',
  ]);
  const scientist = new Csv(folder, 'instrument_scientist', [
    'instrument_id',
    'user_id',
  ]);
  for (let n = 0; n < PEOPLE; n += 1) {
    const family = random.oneOf(FAMILY_BEGIN) + random.oneOf(FAMILY_END);
    await user.row(
      `u${n}`,
      random.oneOf(GIVEN),
      family,
      `u${n}@example.org`,
      `a${random.below(TOWNS.length)}-${random.below(2)}`,
      `u${n}`,
      `0000-0000-0000-${String(n).padStart(4, '0').slice(-4)}`,
    );
  }
  for (let n = 0; n < INSTRUMENTS; n += 1) {
    await scientist.row(`i${n}`, `u${n % 20}`);
  }
  await user.close();
  await scientist.close();
}

async function writeExperiments(
  folder: string,
  random: ReturnType<typeof numbers>,
  count: number,
): Promise<void> {
  const proposal = new Csv(folder, 'proposal', [
    'id',
    'identifier',
    'title',
    'summary',
    'doi',
  ]);
  const experiment = new Csv(folder, 'experiment', [
    'id',
    'proposal_id',
    'instrument_id',
    'visit',
    'cycle',
    'start_date',
    'end_date',
    'public_at',
    'data_path',
  ]);
  const member = new Csv(folder, 'experiment_user', [
    'experiment_id',
    'user_id',
    'role',
  ]);
  const sample = new Csv(folder, 'sample', ['id', 'experiment_id', 'name']);
  const dataset = new Csv(folder, 'dataset', [
    'id',
    'experiment_id',
    'name',
    'sample_id',
    'path',
    'bytes',
    'file_count',
  ]);
  const technique = new Csv(folder, 'dataset_technique', [
    'dataset_id',
    'name',
    'pid',
  ]);
  let visit = 0;
  for (let n = 0; n < count; n += 1) {
    const p = Math.floor(n / 2);
    const identifier = `${'MA CH LS ES HC IN'.split(' ')[p % 6] ?? ''}-${1000 + p}`;
    const subject = plain(random.oneOf(SUBJECTS));
    if (n % 2 === 0) {
      visit = 0;
      const summary = Array.from({ length: 12 + random.below(30) }, () =>
        random.oneOf(FILLER),
      );
      const title = `${plain(random.oneOf(CONDITIONS))} ${random.oneOf(METHODS)} of ${plain(random.oneOf(PROCESSES))} in ${subject}`;
      await proposal.row(
        `p${p}`,
        identifier,
        title,
        `${summary.join(' ')} ${plain(random.oneOf(PROCESSES))} ${plain(random.oneOf(SUBJECTS))}.`,
        `10.5072/bench-${p}`,
      );
    }
    visit += 1;
    const start =
      Date.UTC(FIRST_YEAR, 0, 1) +
      Math.floor((n / count) * YEARS * 365.25) * 86_400_000 +
      random.below(20) * 3_600_000;
    const begin = new Date(start);
    const year = Math.min(begin.getUTCFullYear(), FIRST_YEAR + YEARS - 1);
    const cycle = `${year}-${Math.floor(begin.getUTCMonth() / 4) + 1}`;
    const open = new Date(start + 3 * 365 * 86_400_000);
    const folderPath = `/data/${identifier}/${String(visit)}`;
    await experiment.row(
      `e${n}`,
      `p${p}`,
      `i${random.below(INSTRUMENTS)}`,
      visit,
      cycle,
      begin.toISOString(),
      new Date(start + 4 * 86_400_000).toISOString(),
      open.toISOString(),
      folderPath,
    );
    const team = new Set(
      Array.from({ length: 3 + random.below(4) }, () => random.below(PEOPLE)),
    );
    if (n % 4_000 === 11) {
      team.add(11);
    }
    let first = true;
    for (const person of team) {
      await member.row(`e${n}`, `u${person}`, first ? 'pi' : 'member');
      first = false;
    }
    await sample.row(
      `s${n}`,
      `e${n}`,
      `${subject} ${String(random.below(9_999))}`,
    );
    await dataset.row(
      `d${n}`,
      `e${n}`,
      `scan ${n}`,
      `s${n}`,
      `${folderPath}/raw`,
      1_000_000 * (1 + random.below(9_000)),
      1 + random.below(500),
    );
    const [name, pid] = random.oneOf(TECHNIQUES);
    await technique.row(`d${n}`, name, pid);
  }
  for (const file of [
    proposal,
    experiment,
    member,
    sample,
    dataset,
    technique,
  ]) {
    await file.close();
  }
}
