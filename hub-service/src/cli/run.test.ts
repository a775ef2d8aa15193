import { type Command, UsageError } from './command.js';
import { commands } from './commands.js';
import { run } from './run.js';

async function beamtime(list: readonly Command[], ...words: string[]) {
  const said: string[] = [];
  const complained: string[] = [];
  const status = await run(list, words, {
    say: (line) => said.push(line),
    complain: (line) => complained.push(line),
  });
  return { status, said: said.join('\n'), complained: complained.join('\n') };
}

const does = (work: () => Promise<number>): Command => ({
  name: 'thing do',
  summary: 'do it',
  usage: '\nUsage: beamtime thing do\n',
  run: work,
});

test('says what there is, and helps with each', async () => {
  const overview = await beamtime(commands);
  expect(overview.status).toBe(0);
  for (const { name } of commands) {
    expect(overview.said).toContain(name);
    const help = await beamtime(commands, ...name.split(' '), '--help');
    expect(help).toMatchObject({ status: 0, complained: '' });
    expect(help.said).toContain(`beamtime ${name}`);
  }
});

test('names what it does not know, and what it could be', async () => {
  expect(await beamtime(commands, 'catalogue')).toMatchObject({
    status: 2,
    said: '',
    complained: expect.stringContaining('catalogue import') as string,
  });
  const { complained } = await beamtime(commands, 'nonsense');
  expect(complained).toContain('no command “nonsense”');
});

test.each([
  [2, () => Promise.reject(new UsageError('FROM is missing.'))],
  [1, () => Promise.reject(new Error('the disk is full'))],
  [0, () => Promise.resolve(0)],
])('ends with status %d', async (status, work) => {
  const ended = await beamtime([does(work)], 'thing', 'do');
  expect(ended.status).toBe(status);
  expect(ended.complained === '').toBe(status === 0);
});

test('options that there are not are wrong arguments', async () => {
  const ended = await beamtime(commands, 'catalogue', 'check', '--nonsense');
  expect(ended.status).toBe(2);
  expect(ended.complained).toContain('--help');
});
