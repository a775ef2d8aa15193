import type { DatabaseSync } from 'node:sqlite';
import { fold, words } from './fold.js';

interface Row {
  id: string;
  instrument: string;
  cycle: string | null;
  start_key: string;
  release_at: string | null;
  title: string;
  proposal: string;
  dataset_count: number;
  bytes: number | null;
}

const ROWS = `select e.id, e.instrument_id as instrument, e.cycle,
    coalesce(e.start_date, '') as start_key, coalesce(e.public_at, p.public_at) as release_at,
    coalesce(e.title, p.title, '') as title, p.identifier as proposal,
    (select count(*) from dataset d where d.experiment_id = e.id) as dataset_count,
    (select sum(coalesce(d.bytes, (select sum(f.bytes) from datafile f where f.dataset_id = d.id)))
       from dataset d where d.experiment_id = e.id) as bytes
  from experiment e join proposal p on p.id = e.proposal_id
  order by start_key desc, e.id desc`;

const OPEN = `select p.identifier, p.title as proposal_title, e.title, p.summary as proposal_summary,
    e.summary, e.visit, e.cycle, i.name, i.full_name, e.doi, p.doi as proposal_doi
  from experiment e join proposal p on p.id = e.proposal_id
  join instrument i on i.id = e.instrument_id where e.id = ?`;

const DATA = `select d.name, d.doi, s.name as sample,
    (select group_concat(t.name, ' ') from dataset_technique t where t.dataset_id = d.id) as techniques,
    (select group_concat(k.keyword, ' ') from dataset_keyword k where k.dataset_id = d.id) as keywords
  from dataset d left join sample s on s.id = d.sample_id where d.experiment_id = ?
  union all select s.name, s.description, null, null, null from sample s where s.experiment_id = ?`;

const PEOPLE = `select u.first_name, u.last_name, u.login, a.name as affiliation
  from experiment_user m join user u on u.id = m.user_id
  left join employer a on a.id = u.affiliation_id where m.experiment_id = ?`;

/** Makes anew what is searched and sorted, from the facts, in the transaction under way. */
export function buildListing(database: DatabaseSync): void {
  database.exec(
    `delete from listing; insert into search(search) values ('delete-all')`,
  );
  const rows: Row[] = [];
  for (const row of database.prepare(ROWS).iterate()) {
    rows.push({
      id: String(row['id']),
      instrument: String(row['instrument']),
      cycle: textOrNull(row['cycle']),
      start_key: String(row['start_key']),
      release_at: textOrNull(row['release_at']),
      title: fold(String(row['title'])),
      proposal: fold(String(row['proposal'])),
      dataset_count: Number(row['dataset_count']),
      bytes: row['bytes'] === null ? null : Number(row['bytes']),
    });
  }
  const byTitle = places(rows, ({ title }) => title);
  const byProposal = places(rows, ({ proposal }) => proposal);
  const list = database.prepare(
    'insert into listing values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const index = database.prepare(
    'insert into search(rowid, open, people) values (?, ?, ?)',
  );
  const [open, data, people] = [OPEN, DATA, PEOPLE].map((sql) =>
    database.prepare(sql),
  );
  rows.forEach((row, at) => {
    const { id, instrument, cycle, start_key, release_at } = row;
    list.run(
      at + 1,
      id,
      instrument,
      cycle,
      start_key,
      release_at,
      byTitle[at] ?? 0,
      byProposal[at] ?? 0,
      row.dataset_count,
      row.bytes,
    );
    const facts = [...(open?.all(id) ?? []), ...(data?.all(id, id) ?? [])];
    // `MA5127` finds MA-5127.
    const joined = row.proposal.replace(/[^\p{L}\p{N}]+/gu, '');
    index.run(
      at + 1,
      `${joined} ${wordsOf(facts)}`,
      wordsOf(people?.all(id) ?? []),
    );
  });
  database.exec(`insert into search(search) values ('optimize'); analyze`);
}

/** Each row's place in the order of a text, from 1; equal ones in the order of the rows. */
function places(rows: readonly Row[], text: (row: Row) => string): Uint32Array {
  const order = rows
    .map((row, at) => ({ key: text(row), at }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.at - b.at));
  const found = new Uint32Array(rows.length);
  order.forEach(({ at }, place) => {
    found[at] = place + 1;
  });
  return found;
}

/** All that is said in some rows, each word once. */
function wordsOf(rows: readonly Record<string, unknown>[]): string {
  const all = rows.flatMap((row) =>
    Object.values(row).flatMap((value) =>
      typeof value === 'string' ? words(value) : [],
    ),
  );
  return [...new Set(all)].join(' ');
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
