// The two sides of the HDF5 benchmarks: ours, and jupyterlab-h5web. Each has a Jupyter server
// of its own with the same versions, and the same files.
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from '@playwright/test';
import type { BrowserServer, Locator, Page } from '@playwright/test';
import { launchServer } from '../browser.ts';
import { inCheckout } from '../../../scripts/shared/paths.mjs';
import { Jupyter } from '../../facility/jupyter.ts';
import { setUpLab } from '../../facility/home.ts';
import { freePorts } from '../../facility/ports.ts';
import { layOut, state, type FileName } from './files.ts';
import { Link, LOCAL, type Speed } from './link.ts';
import { watch } from './watch.ts';

export type Side = 'ours' | 'peer';

const PATIENCE = 60_000;

/** A Jupyter server of one side with JupyterLab open on it, which stays as warm as it is. */
export class Viewer {
  readonly side: Side;
  readonly link: Link;
  readonly jupyter: Jupyter;
  private readonly home: string;
  private readonly port: number;
  private browser: BrowserServer | null = null;
  private lab: Page | null = null;
  private opened = 0;

  private constructor(
    side: Side,
    home: string,
    port: number,
    jupyter: Jupyter,
    link: Link,
  ) {
    this.side = side;
    this.home = home;
    this.port = port;
    this.jupyter = jupyter;
    this.link = link;
  }

  static async start(side: Side): Promise<Viewer> {
    const home = path.join(state, side);
    await rm(home, { recursive: true, force: true });
    await setUpLab(home, 'notification', { fetchNews: 'false' });
    const settings = {
      jupyter_lab_config: { LabApp: { expose_app_in_browser: true } },
      jupyter_server_config: {
        ServerApp: { jpserver_extensions: { bench_pause: true } },
      },
    };
    for (const [name, content] of Object.entries(settings)) {
      const file = path.join(home, '.jupyter', `${name}.json`);
      await writeFile(file, JSON.stringify(content));
    }
    const [port = 0] = await freePorts(1);
    const jupyter = await Jupyter.start({
      lab: side === 'ours' ? 'lab' : 'peer-lab',
      home,
      port,
      env: await environmentOf(side, home),
    });
    return new Viewer(side, home, port, jupyter, await Link.to(port));
  }

  /** JupyterLab, once it is open. */
  get page(): Page {
    if (this.lab === null) {
      throw new Error('JupyterLab is not open yet.');
    }
    return this.lab;
  }

  /** The part of JupyterLab with the tabs. */
  get tabs(): Locator {
    return this.page.locator('#jp-main-dock-panel');
  }

  /** Opens JupyterLab in a new browser window, with a file open once, so that it is warm. */
  async warmUp(): Promise<void> {
    await this.leave();
    this.link.speed = LOCAL;
    this.browser = await launchServer();
    const browser = await chromium.connect(this.browser.wsEndpoint());
    const context = await browser.newContext({
      viewport: { width: 1400, height: 900 },
    });
    context.setDefaultTimeout(PATIENCE);
    await watch(context);
    this.lab = await context.newPage();
    await this.lab.goto(Jupyter.address(this.link.port));
    await this.lab.waitForFunction(() => window.jupyterapp !== undefined);
    await this.lab.evaluate(() => window.jupyterapp?.restored);
    await this.lab.locator('#jupyterlab-splash').waitFor({ state: 'detached' });
    await this.open('gzip', LOCAL);
    await this.picture();
  }

  /** Closes all tabs and double-clicks a file that the browser has never seen. */
  async open(file: FileName, speed: Speed): Promise<void> {
    if (this.lab === null) {
      await this.warmUp();
    }
    const { page } = this;
    this.link.speed = LOCAL;
    await page.bringToFront();
    this.opened += 1;
    const folder = `opened-${this.opened}`;
    await layOut(path.join(this.home, folder));
    await page.evaluate(async (at) => {
      await window.jupyterapp?.commands.execute('application:close-all');
      await window.jupyterapp?.commands.execute('filebrowser:open-path', {
        path: at,
      });
    }, folder);
    const item = page.locator(`.jp-DirListing-item[title*="Name: ${file}.h5"]`);
    await item.waitFor();
    await item.click();
    // What closing and listing began has ended: the link is quiet.
    await page.waitForTimeout(500);
    this.link.speed = speed;
    this.link.received = 0;
    await page.evaluate(() => window.beamtimeWatch.arm('dblclick'));
    await item.dblclick();
  }

  /** Waits until the tree has as many items; gives the time since it was opened, ms. */
  tree(items = 2): Promise<number> {
    return this.page.evaluate(async (count) => {
      const found = document.getElementById('jp-main-dock-panel');
      while ((found?.querySelectorAll('[role=treeitem]').length ?? 0) < count) {
        await new Promise(requestAnimationFrame);
      }
      return performance.now() - window.beamtimeWatch.since;
    }, items);
  }

  /** Waits for a picture of at least this side; gives the time since what was armed, ms. */
  async picture(least = 64): Promise<number> {
    const drawn = await this.page.waitForFunction(
      (side) => {
        const { pictures, since } = window.beamtimeWatch;
        const found = pictures.find(
          (each) => each.side >= side && each.uploaded > since,
        );
        return found && found.drawn - since;
      },
      least,
      { polling: 20 },
    );
    return (await drawn.jsonValue()) ?? 0;
  }

  /**
   * Waits until the picture is the full one, of which ours may show a reduced one before;
   * gives the time since what was armed, ms.
   */
  async fullPicture(): Promise<number> {
    const drawn = await this.page.waitForFunction(
      () => {
        const { pictures, since } = window.beamtimeWatch;
        const isReduced = [...document.querySelectorAll('[role=status]')].some(
          (each) =>
            each.checkVisibility() &&
            each.textContent.startsWith('Reduced picture'),
        );
        window.beamtimeWatch.wasReduced ||= isReduced;
        // The words go when the full one has come, which is drawn a moment later.
        const last = pictures[window.beamtimeWatch.wasReduced ? 1 : 0];
        return !isReduced && last ? last.drawn - since : null;
      },
      null,
      { polling: 20 },
    );
    return (await drawn.jsonValue()) ?? 0;
  }

  /** Waits for a line of many points; gives the time since what was armed, ms. */
  async line(): Promise<number> {
    const drawn = await this.page.waitForFunction(
      () => {
        const [first] = window.beamtimeWatch.lines;
        return first && first - window.beamtimeWatch.since;
      },
      null,
      { polling: 20 },
    );
    return (await drawn.jsonValue()) ?? 0;
  }

  /** Looks at the server's event loop from now on. */
  async watchLoop(): Promise<void> {
    await this.askLoop('watch=1&');
  }

  /** The longest pause of the server's event loop since it was watched, ms. */
  async pause(): Promise<number> {
    return Number(await this.askLoop(''));
  }

  private async askLoop(query: string): Promise<string> {
    const response = await fetch(
      Jupyter.address(this.port).replace(
        '/lab?reset&',
        `/bench/pause?${query}`,
      ),
    );
    return response.text();
  }

  /**
   * Ends the browser, even if it still draws or asks; the next file is opened in a new one.
   */
  async leave(): Promise<void> {
    await this.browser?.kill();
    this.browser = null;
    this.lab = null;
  }

  async close(): Promise<void> {
    await this.leave();
    await this.link.close();
    await this.jupyter.stop();
    await rm(this.home, { recursive: true, force: true });
  }
}

/** Where a side finds its extensions: ours as it was built in this checkout. */
async function environmentOf(
  side: Side,
  home: string,
): Promise<Record<string, string>> {
  const bench = inCheckout('tests/bench/hdf5');
  if (side === 'peer') {
    return { PYTHONPATH: bench, JUPYTER_PATH: '' };
  }
  const share = path.join(home, '.beamtime-share');
  const ours = path.join(share, 'labextensions/@beamtime');
  await mkdir(ours, { recursive: true });
  const built = 'lab-extensions/beamtime_lab/labextensions/hdf5-viewer';
  await symlink(inCheckout(built), path.join(ours, 'hdf5-viewer'));
  return {
    PYTHONPATH: [inCheckout('lab-extensions'), bench].join(path.delimiter),
    JUPYTER_PATH: share,
  };
}
