import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { temporaryFolder } from '../testing/facility.js';
import { openSqlite } from './sqlite.js';

const TESTING = path.join(__dirname, '../testing');

test('every row that was acknowledged is there after kill -9', async () => {
  using folder = temporaryFolder();
  for (let round = 0; round < 3; round++) {
    const writer = spawn(
      process.execPath,
      [
        '--experimental-transform-types',
        '--disable-warning=ExperimentalWarning',
        `--import=${path.join(TESTING, 'run-source.mjs')}`,
        path.join(TESTING, 'writer.ts'),
        folder.path,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let said = '';
    writer.stdout.setEncoding('utf8');
    writer.stdout.on('data', (text: string) => {
      said += text;
      // In the midst of writing, each time elsewhere.
      if (said.length > 200 + 37 * round) {
        writer.kill('SIGKILL');
      }
    });
    const [, signal] = (await once(writer, 'close')) as unknown[];
    expect(signal).toBe('SIGKILL');
    const acknowledged = said.split('\n').slice(0, -1);
    expect(acknowledged.length).toBeGreaterThan(20);
    const database = await openSqlite(folder.path);
    const rows = await database
      .selectFrom('session_choice')
      .select('user_name')
      .execute();
    await database.deleteFrom('session_choice').execute();
    await database.destroy();
    const kept = new Set(rows.map(({ user_name }) => user_name));
    expect(acknowledged.filter((n) => !kept.has(`u${n}`))).toEqual([]);
  }
}, 120_000);
