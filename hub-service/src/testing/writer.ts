import { Choices } from '../store/choices.js';
import { openSqlite } from '../store/sqlite.js';

// Writes until it is killed, and says of each row that it is kept: for durable.test.ts.
const [, , folder = ''] = process.argv;
const choices = new Choices(await openSqlite(folder));
for (let n = 0; ; n++) {
  await choices.keep(`u${n}`, {
    partition: 'cpu',
    nprocs: 1,
    memory: '1G',
    runtime: '1:00:00',
  });
  process.stdout.write(`${n}\n`);
}
