import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { binary, environment, inCheckout } from '../../scripts/lib/paths.mjs';
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
>;

/** A running hub, with its proxy and its service. */
export class Hub {
  readonly settings: HubSettings;
  private program: Program | null = null;

  private constructor(settings: HubSettings) {
    this.settings = settings;
  }

  /** Starts a hub and waits until hub and service answer. */
  static async start(options: HubOptions): Promise<Hub> {
    const [hubPort = 0, proxyPort = 0, servicePort = 0] = await freePorts(3);
    await mkdir(options.state, { recursive: true });
    const hub = new Hub({
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
      labBin: path.join(environment('lab'), 'bin'),
    });
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

  /** Starts the hub again with the same settings, for instance after {@link crash}. */
  async run(): Promise<void> {
    const { state } = this.settings;
    this.program = new Program(
      'The hub',
      [
        binary('hub', 'jupyterhub'),
        '-f',
        inCheckout('tests/facility/jupyterhub_config.py'),
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
        (await answers(`${this.url}services/beamtime/healthz`)),
      60,
    );
  }

  /** Ends the hub as a power cut would: no chance to tidy up. */
  crash(): void {
    this.program?.kill();
  }

  async stop(): Promise<void> {
    await this.program?.stop(30);
    this.program = null;
  }
}
