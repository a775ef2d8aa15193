import { runSlurm } from './command.js';

test('gives what the command printed, and takes no shell', async () => {
  expect(await runSlurm('printf', ['%s', '$(id); `id`'])).toBe('$(id); `id`');
});

test('does not hand on the hub’s token', async () => {
  process.env['JUPYTERHUB_API_TOKEN'] = 'secret-of-the-test';
  expect(await runSlurm('env', [])).not.toContain('secret-of-the-test');
});

test('says what is missing, and what Slurm said', async () => {
  await expect(runSlurm('no-such-scontrol', [])).rejects.toThrow(
    'Slurm’s command no-such-scontrol is not on the service’s PATH',
  );
  await expect(runSlurm('ls', ['/no-such-folder-of-the-test'])).rejects.toThrow(
    /It says: .*no-such-folder-of-the-test/,
  );
});
