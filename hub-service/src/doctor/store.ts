import { existsSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import type { SiteConfig } from '../config.js';
import { messageOf } from '../refusal.js';
import { connectionOf, nameOf } from '../store/postgres/settings.js';
import { type Finding, inArea } from './finding.js';

const { ok, wrong } = inArea('store');

/** Looks whether the store can be read, by a connection of its own that changes nothing. */
export async function lookAtStore(site: SiteConfig): Promise<Finding> {
  return site.database === undefined
    ? ofFile(path.join(site.stateDir, 'beamtime.sqlite'))
    : ofServer(site.database);
}

function ofFile(file: string): Finding {
  if (!existsSync(file)) {
    return wrong(
      `The store ${file} is not there yet.`,
      'The service makes it when it starts: restart the hub.',
    );
  }
  try {
    const sqlite = new DatabaseSync(file, { readOnly: true });
    const rows = sqlite.prepare('pragma quick_check(1)').all();
    sqlite.close();
    const says = String(rows[0]?.['quick_check']);
    if (says !== 'ok') {
      throw new Error(says);
    }
    return ok(`The store is the file ${file}, and it is whole.`);
  } catch (error) {
    return wrong(
      `The store ${file} cannot be read: ${messageOf(error)}.`,
      'Put a back-up in its place, or move it away: only last choices, presets and bookmarks are in it.',
    );
  }
}

async function ofServer(
  settings: NonNullable<SiteConfig['database']>,
): Promise<Finding> {
  const client = new pg.Client({
    ...connectionOf(settings),
    application_name: 'beamtime doctor',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>(
      "select current_setting('server_version') as version",
    );
    return ok(
      `The store is ${nameOf(settings)}, PostgreSQL ${rows[0]?.version ?? ''}.`,
    );
  } catch (error) {
    return wrong(
      `The store ${nameOf(settings)} cannot be used: ${messageOf(error)}.`,
      'See that the server runs, and that user, password and pg_hba.conf let this account in.',
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}
