import { userInfo } from 'node:os';
import type { SiteConfig } from '../config.js';
import { messageOf } from '../refusal.js';
import { type RunSlurm, runSlurm } from '../scheduler/slurm/command.js';
import { readSettings } from '../scheduler/slurm/records.js';
import { type Finding, inArea } from './finding.js';

const { ok, advice, wrong } = inArea('slurm');

/** Asks Slurm what the service asks it, as this account. */
export async function lookAtSlurm(
  site: SiteConfig,
  run: RunSlurm = runSlurm,
): Promise<Finding[]> {
  if (site.scheduler.kind !== 'slurm') {
    return [
      ok('Sessions are processes of the hub’s machine: no Slurm is needed.'),
    ];
  }
  let settings: ReadonlyMap<string, string>;
  try {
    settings = readSettings(await run('scontrol', ['show', 'config']));
  } catch (error) {
    return [
      wrong(
        messageOf(error),
        'See that slurmctld runs and that this machine has its slurm.conf and munge key: scontrol ping',
      ),
    ];
  }
  const [client, partitions, jobs, accounting] = await Promise.all([
    answer(run('sinfo', ['--version'])),
    answer(run('sinfo', ['-h', '-a', '-o', '%R'])),
    answer(run('squeue', ['-h', '-a', '-t', 'all', '-o', '%A'])),
    ofAccounting(settings, run),
  ]);
  return [
    ofVersions(settings.get('SLURM_VERSION') ?? '', client),
    ...ofPartitions(site, partitions),
    'failed' in jobs
      ? wrong(
          `squeue does not answer the service: ${jobs.failed}`,
          'Try it as the service’s account.',
        )
      : ok(`squeue answers: ${count(lines(jobs.said).length, 'job')}.`),
    ...(await ofPrivacy(settings, run)),
    accounting,
  ];
}

function ofVersions(controller: string, client: Answer): Finding {
  if ('failed' in client) {
    return wrong(client.failed, 'Install Slurm’s client commands.');
  }
  const [here = ''] = /\d+\.\d+[\d.]*/.exec(client.said) ?? [];
  const series = (version: string) => version.split('.').slice(0, 2).join('.');
  return series(here) === series(controller)
    ? ok(`Slurm ${controller} answers.`)
    : advice(
        `The controller is Slurm ${controller}, the commands of this machine are ${here}.`,
        'Give both the same version, or commands at most two releases older.',
      );
}

function ofPartitions(site: SiteConfig, partitions: Answer): Finding[] {
  if ('failed' in partitions) {
    return [wrong(partitions.failed, 'Try sinfo as the service’s account.')];
  }
  const there = [...new Set(lines(partitions.said))];
  const labelled = Object.keys(site.policy.partitions);
  const strangers = labelled.filter((name) => !there.includes(name));
  return [
    there.length > 0
      ? ok(`sinfo answers: ${count(there.length, 'partition')}.`)
      : wrong('Slurm shows no partition.', 'See sinfo -a.'),
    ...strangers.map((name) =>
      wrong(
        `configure names a partition ${name}, which Slurm does not have.`,
        `Mend partitions; there are: ${there.join(', ')}.`,
      ),
    ),
  ];
}

async function ofPrivacy(
  settings: ReadonlyMap<string, string>,
  run: RunSlurm,
): Promise<Finding[]> {
  if (!/\bjobs\b/.test(settings.get('PrivateData') ?? '')) {
    return [];
  }
  const { username } = userInfo();
  const level = await answer(
    run('sacctmgr', [
      '-n',
      '-P',
      'show',
      'user',
      username,
      'format=adminlevel',
    ]),
  );
  return 'said' in level && /operator|admin/i.test(level.said)
    ? [
        ok(
          `Jobs are private here, and ${username} may see them as an operator.`,
        ),
      ]
    : [
        advice(
          `Jobs are private here (PrivateData=jobs), and ${username} does not see those of others: each is asked for by itself.`,
          `Make the service’s account an operator: sacctmgr modify user ${username} set adminlevel=operator`,
        ),
      ];
}

async function ofAccounting(
  settings: ReadonlyMap<string, string>,
  run: RunSlurm,
): Promise<Finding> {
  if (!(settings.get('AccountingStorageType') ?? '').includes('slurmdbd')) {
    return ok('There is no accounting: accounts and QOS are not offered.');
  }
  const said = await answer(
    run('sacctmgr', ['-n', '-P', 'list', 'qos', 'format=name']),
  );
  return 'failed' in said
    ? wrong(
        `sacctmgr does not answer: ${said.failed}`,
        'See that slurmdbd runs. Until then accounts and QOS are not offered.',
      )
    : ok(`sacctmgr answers: ${count(lines(said.said).length, 'QOS', 'QOS')}.`);
}

type Answer = { said: string } | { failed: string };

async function answer(asked: Promise<string>): Promise<Answer> {
  try {
    return { said: await asked };
  } catch (error) {
    return { failed: messageOf(error) };
  }
}

const lines = (text: string) => text.split('\n').filter((line) => line !== '');
const count = (n: number, one: string, more = `${one}s`) =>
  `${n} ${n === 1 ? one : more}`;
