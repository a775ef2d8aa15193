import type { Browser, Page } from '@playwright/test';
import { signIn } from '../../e2e/pages/hub.ts';
import type { Hub } from '../../facility/hub.ts';
import { atBoth } from '../both.ts';
import { launch } from '../browser.ts';
import type { Contender } from '../case.ts';
import { Visitor } from '../visitor.ts';

const FORM = 'hub/spawn';

/** Whether the form can be used, asked in the page at every frame. */
type Ready = () => boolean;

const oursReady: Ready = () =>
  [...document.querySelectorAll('#beamtime-form button')].some(
    (button) =>
      button.textContent.trim() === 'Start' && !button.matches(':disabled'),
  );

/** The peer's script fills in the environments last. */
const peerReady: Ready = () =>
  document.querySelector('#environment_simple_default option') !== null &&
  document.querySelector('#spawn_form [type=submit]') !== null;

async function readyAfter(page: Page, hub: Hub, ready: Ready): Promise<number> {
  await page.goto(`${hub.url}${FORM}`, { waitUntil: 'commit' });
  await page.waitForFunction(ready, null, { polling: 'raf', timeout: 30_000 });
  return page.evaluate(() => performance.now());
}

async function inBrowser(
  browser: Browser,
  hub: Hub,
  ready: Ready,
): Promise<Contender> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, hub, 'alice');
  await readyAfter(page, hub, ready); // The first visit fills the browser's cache.
  return { measure: () => readyAfter(page, hub, ready) };
}

async function fromHub(hub: Hub): Promise<Contender> {
  const alice = await Visitor.signIn(hub, 'alice');
  await alice.get(FORM);
  return {
    async measure() {
      const since = performance.now();
      const { status } = await alice.get(FORM);
      if (status !== 200) {
        throw new Error(`The form of ${hub.url} answered ${String(status)}.`);
      }
      return performance.now() - since;
    },
  };
}

const ABOUT =
  'The session form of a person who is signed in. Ready: from the start of the navigation in Chromium until everything in the form can be chosen and started, with the bundle in the browser’s cache, as at everybody’s second visit. HTML: from the request until the last byte, on a kept-alive connection.';

export default atBoth(ABOUT, {}, async ({ ours, peer, atEnd }) => {
  const browser = await launch();
  atEnd.push(() => browser.close());
  return [
    {
      name: 'form ready in the browser',
      unit: 'ms',
      better: 'less',
      ours: await inBrowser(browser, ours, oursReady),
      peer: await inBrowser(browser, peer, peerReady),
    },
    {
      name: 'HTML from the hub',
      unit: 'ms',
      better: 'less',
      ours: await fromHub(ours),
      peer: await fromHub(peer),
    },
  ];
});
