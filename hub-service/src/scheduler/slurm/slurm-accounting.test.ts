import { SlurmAccounting } from './slurm-accounting.js';

const USERS = [
  'alice|ma5127|beam|ma5127||normal,high|normal|',
  'alice|ma5127|beam|staff|gpu|normal|normal|02:00:00',
  'alice|ma5127|elsewhere|other||normal||',
  'malice|x|beam|x||normal||',
].join('\n');
const CLASSES = [
  'normal|Normal priority|1-00:00:00|',
  'high|Soon|01:00:00|cpu=16,gres/gpu=1,mem=64G',
  'secret|Not for all||',
].join('\n');

/** A database that answers as told, and a clock that is set by hand. */
class FakeDatabase {
  readonly asked: string[][] = [];
  clock = 0;
  answer = (what: string): Promise<string> =>
    Promise.resolve(what === 'user' ? USERS : CLASSES);
  settings = new Map([
    ['AccountingStorageType', 'accounting_storage/slurmdbd'],
    ['ClusterName', 'beam'],
  ]);
  readonly accounting = new SlurmAccounting(
    (command, args) => {
      this.asked.push([command, ...args]);
      return this.answer(args[4] ?? '');
    },
    () => Promise.resolve(this.settings),
    () => this.clock,
  );
}

test('reads what a person may charge on this cluster, and the priority classes of it', async () => {
  const { accounting } = new FakeDatabase();
  expect(await accounting.of('alice')).toEqual({
    associations: [
      {
        account: 'ma5127',
        partition: null,
        qos: ['normal', 'high'],
        defaultQos: 'normal',
        isDefault: true,
        maxMinutes: null,
      },
      {
        account: 'staff',
        partition: 'gpu',
        qos: ['normal'],
        defaultQos: 'normal',
        isDefault: false,
        maxMinutes: 120,
      },
    ],
    qos: [
      {
        name: 'normal',
        description: 'Normal priority',
        maxMinutes: 1440,
        maxCpus: null,
        maxGpus: null,
      },
      {
        name: 'high',
        description: 'Soon',
        maxMinutes: 60,
        maxCpus: 16,
        maxGpus: 1,
      },
    ],
  });
});

test('asks once a minute for each person, and once for the classes of all', async () => {
  const database = new FakeDatabase();
  const ask = (name: string) => database.accounting.of(name);
  await Promise.all([ask('alice'), ask('alice'), ask('bob')]);
  expect(database.asked).toHaveLength(3);
  database.clock = 59_999;
  await ask('alice');
  expect(database.asked).toHaveLength(3);
  database.clock = 60_000;
  await ask('alice');
  expect(database.asked).toHaveLength(5);
});

test('gives the old answer while the database is away, and none if it never answered', async () => {
  const database = new FakeDatabase();
  const before = await database.accounting.of('alice');
  database.clock = 100_000;
  database.answer = () => Promise.reject(new Error('Slurm does not answer.'));
  expect(await database.accounting.of('alice')).toEqual(before);
  expect((await database.accounting.of('bob')).associations).toBeNull();
});

test('does not wait for a database that hangs', async () => {
  const database = new FakeDatabase();
  database.answer = () => new Promise(() => undefined);
  expect((await database.accounting.of('alice')).associations).toBeNull();
});

test('asks nobody where Slurm keeps no accounts, nor about what is no name', async () => {
  const database = new FakeDatabase();
  for (const name of ['alice,bob', '-i', 'a b', 'a=b', '']) {
    expect((await database.accounting.of(name)).associations).toBeNull();
  }
  database.settings.set('AccountingStorageType', 'accounting_storage/none');
  expect((await database.accounting.of('alice')).associations).toBeNull();
  expect(database.asked).toEqual([]);
});
