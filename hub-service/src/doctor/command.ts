import { parseArgs } from 'node:util';
import type { Command, Output } from '../cli/command.js';
import { messageOf } from '../refusal.js';
import { askService } from './ask.js';
import { examine } from './examine.js';
import { type Finding, inArea } from './finding.js';
import { becomeOwner, readSettings, type SettingsRead } from './settings.js';

const USAGE = `
Usage: beamtime doctor [--state-dir FOLDER] [--json]

Looks at the configuration, the service, the hub, Slurm, the catalogues, the store, the
service’s paths and the software of the sessions. Each line says that it is well, or what to do.
It asks the service if that runs, and looks itself where it does not.

  --state-dir FOLDER  state_dir of beamtime_hub.configure; /var/lib/beamtime by default
  --json              the findings as JSON: a list of {area, level, says, todo}

Run it as root or as the service’s account. Exit status: 0 if nothing is wrong, 1 otherwise.
`;

/** `beamtime doctor`. */
export const doctor: Command = {
  name: 'doctor',
  summary: 'say what is well, and what to do where it is not',
  usage: USAGE,
  async run(words, output) {
    const { values } = parseArgs({
      args: [...words],
      options: {
        'state-dir': { type: 'string', default: '/var/lib/beamtime' },
        json: { type: 'boolean', default: false },
      },
    });
    becomeOwner(values['state-dir']);
    const findings = await findingsOf(values['state-dir']);
    if (values.json) {
      output.say(JSON.stringify(findings, null, 2));
    } else {
      tell(findings, output);
    }
    return findings.some(({ level }) => level === 'wrong') ? 1 : 0;
  },
};

async function findingsOf(stateDir: string): Promise<Finding[]> {
  const { ok, wrong } = inArea('configuration');
  let settings: SettingsRead;
  try {
    settings = readSettings(stateDir);
  } catch (error) {
    return [wrong(messageOf(error), '')];
  }
  const { site, host } = settings;
  try {
    return await askService(site.socket);
  } catch (error) {
    return [
      inArea('service').wrong(
        `The service does not answer on ${site.socket}: ${messageOf(error)}.`,
        'See that the hub runs, and what its log says of the service. What follows was looked at without it.',
      ),
      ok('The configuration of the hub’s last start is understood.'),
      ...(await examine({ site, hub: null, host })),
    ];
  }
}

const SIGNS = { ok: 'ok    ', advice: 'advice', wrong: 'WRONG ' };

function tell(findings: readonly Finding[], output: Output): void {
  const width = Math.max(...findings.map(({ area }) => area.length));
  for (const { area, level, says, todo } of findings) {
    output.say(`${SIGNS[level]}  ${area.padEnd(width)}  ${says}`);
    if (todo !== '') {
      output.say(`${' '.repeat(width + 10)}→ ${todo}`);
    }
  }
  const wrong = findings.filter(({ level }) => level === 'wrong').length;
  output.say(
    wrong === 0
      ? 'Nothing is wrong.'
      : `${wrong} ${wrong === 1 ? 'thing is' : 'things are'} wrong.`,
  );
}
