import { readHubConnection, readSiteConfig } from '../config.js';
import { examine } from './examine.js';
import { type Finding, inArea } from './finding.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What the running service finds, with its own account, token and network.
 *
 * @param problems - what it knows to be wrong with itself.
 */
export async function examineService(
  env: Environment,
  problems: readonly string[],
): Promise<Finding[]> {
  const hub = readHubConnection(env);
  const site = readSiteConfig(env);
  const service = inArea('service');
  const own = problems.map((problem) => service.wrong(problem, ''));
  if (own.length === 0) {
    own.push(service.ok('The service is ready.'));
  }
  return [
    ...own,
    ...(site.ok
      ? [
          inArea('configuration').ok('The configuration is understood.'),
          ...(await examine({
            site: site.value,
            hub: hub.ok ? hub.value : null,
            host: hub.ok ? hub.value.host : '',
          })),
        ]
      : [inArea('configuration').wrong(site.problem, '')]),
  ];
}
