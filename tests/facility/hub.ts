import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import {
  binary,
  environment,
  inCheckout,
} from '../../scripts/shared/paths.mjs';
import { freePorts } from './ports.ts';
import { answers, Program } from './program.ts';

/** What jupyterhub_config.py reads from BEAMTIME_FACILITY. */
export interface HubSettings {
  kind: 'local' | 'slurm';
  port: number;
  hubPort: number;
  proxyPort: number;
  servicePort: number;
  /** Starts and ends with a slash. */
  baseUrl: string;
  /** Folder of the hub's own files. */
  state: string;
  proxyCommand: string[];
  banner: string;
  password: string;
  users: string[];
  admins: string[];
  /** Where sessions open, below their own address. */
  landing: string;
  /** How often the hub asks whether a session still runs. */
  pollSeconds: number;
  /** Folder of `jupyterhub-singleuser`. */
  labBin: string;
  catalogue: string;
  dataRoots: string[];
  serviceUser: string | null;
  sharedAccount: string | null;
  homeTemplate: string | null;
}

export type HubOptions = Omit<
  HubSettings,
  'hubPort' | 'proxyPort' | 'servicePort' | 'proxyCommand' | 'labBin'
> & {
  /** The flavour's own JupyterLab if left out. */
  labBin?: string | undefined;
};

/** Which hub it is: ours, or a peer's beside which it is measured. */
export interface HubFlavour {
  hub: 'hub' | 'peer-hub';
  lab: 'lab' | 'peer-lab';
  /** Its jupyterhub_config.py, in the checkout. */
  config: string;
  /** What of its service must answer, below the hub's address. */
  service: string | null;
}

export const BEAMTIME: HubFlavour = {
  hub: 'hub',
  lab: 'lab',
  config: 'tests/facility/jupyterhub_config.py',
  service: 'services/beamtime/healthz',
};

/** A running hub, with its proxy and its service. */
export class Hub {
  readonly settings: HubSettings;
  private readonly flavour: HubFlavour;
  private program: Program | null = null;

  private constructor(settings: HubSettings, flavour: HubFlavour) {
    this.settings = settings;
    this.flavour = flavour;
  }

  /** Starts a hub and waits until it answers, and its service too. */
  static async start(
    options: HubOptions,
    flavour: HubFlavour = BEAMTIME,
  ): Promise<Hub> {
    const [hubPort = 0, proxyPort = 0, servicePort = 0] = await freePorts(3);
    await mkdir(options.state, { recursive: true });
    const settings: HubSettings = {
      ...options,
      hubPort,
      proxyPort,
      servicePort,
      proxyCommand: [
        process.execPath,
        inCheckout(
          'node_modules/configurable-http-proxy/bin/configurable-http-proxy',
        ),
      ],
      labBin: options.labBin ?? path.join(environment(flavour.lab), 'bin'),
    };
    const hub = new Hub(settings, flavour);
    await hub.run();
    return hub;
  }

  /** Address of the hub, with a slash at the end. */
  get url(): string {
    const { port, baseUrl } = this.settings;
    return `http://127.0.0.1:${port}${baseUrl}`;
  }

  get logFile(): string {
    return path.join(this.settings.state, 'hub.log');
  }

  private async run(): Promise<void> {
    const { state } = this.settings;
    this.program = new Program(
      'The hub',
      [
        binary(this.flavour.hub, 'jupyterhub'),
        '-f',
        inCheckout(this.flavour.config),
      ],
      {
        logFile: this.logFile,
        cwd: state,
        env: {
          ...process.env,
          BEAMTIME_FACILITY: JSON.stringify(this.settings),
        },
      },
    );
    await this.program.until(
      async () =>
        (await answers(`${this.url}hub/health`)) &&
        (this.flavour.service === null ||
          (await answers(`${this.url}${this.flavour.service}`))),
      60,
    );
  }

  async stop(): Promise<void> {
    await this.program?.stop(30);
    this.program = null;
  }
}
