import type { Database } from '../../store/database.js';
import type { EmbeddedFile } from './file.js';
import { searchText, toDataset, toStored } from './records.js';

/** SQLite takes 32,766 values in one statement. */
const ROWS_AT_ONCE = 1_000;

/** Puts a file's content in the place of what was loaded before, all of it or nothing. */
export async function load(
  database: Database,
  { instruments, experiments }: EmbeddedFile,
): Promise<void> {
  const rows = experiments.map(({ experiment, datasets: raw }) => {
    const datasets = raw.map((row) => toDataset(experiment.id, row));
    const instrument = instruments.get(experiment.instrument);
    const stored = toStored(experiment, instrument, datasets);
    const member = experiment.team.flatMap(({ login }) => login ?? []);
    return {
      experiment: {
        id: experiment.id,
        sort_key: experiment.start ?? '',
        release_at: experiment.releaseAt ?? null,
        record: JSON.stringify(stored),
      },
      text: { id: experiment.id, ...searchText(stored, datasets) },
      access: [
        ...access(experiment.id, 'member', member),
        ...access(experiment.id, 'staff', instrument?.scientists ?? []),
      ],
      datasets: datasets.map((dataset, position) => ({
        experiment_id: experiment.id,
        position,
        record: JSON.stringify(dataset),
      })),
    };
  });
  await database.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('embedded_experiment').execute();
    await transaction.deleteFrom('embedded_access').execute();
    await transaction.deleteFrom('embedded_dataset').execute();
    await transaction.deleteFrom('embedded_text').execute();
    for (const part of parts(rows.map(({ experiment }) => experiment))) {
      await transaction
        .insertInto('embedded_experiment')
        .values(part)
        .execute();
    }
    for (const part of parts(rows.map(({ text }) => text))) {
      await transaction.insertInto('embedded_text').values(part).execute();
    }
    for (const part of parts(rows.flatMap((row) => row.access))) {
      await transaction.insertInto('embedded_access').values(part).execute();
    }
    for (const part of parts(rows.flatMap((row) => row.datasets))) {
      await transaction.insertInto('embedded_dataset').values(part).execute();
    }
  });
}

function access<R extends 'member' | 'staff'>(
  id: string,
  reason: R,
  logins: readonly string[],
) {
  return [...new Set(logins)].map((login) => ({
    experiment_id: id,
    login,
    reason,
  }));
}

function* parts<T>(rows: readonly T[]): Generator<T[]> {
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    yield rows.slice(start, start + ROWS_AT_ONCE);
  }
}
