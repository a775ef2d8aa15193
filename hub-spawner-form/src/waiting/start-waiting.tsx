/** @jsxImportSource preact */
import { render } from 'preact';
import { readWaitingBoot } from './boot.js';
import { cancelStart, formUrl } from './cancel.js';
import { advance, nothingYet } from './progress.js';
import { WaitingPage } from './WaitingPage.js';

/** How often the time that is left is drawn anew, in ms. */
const INTERVAL = 15_000;

/** What the page gives besides its elements. */
export interface WaitingSurroundings {
  location: Pick<Location, 'reload' | 'assign'>;
  /** The token of the hub's page. */
  xsrfToken: string;
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
  /** Opens the hub's stream of events. */
  listen: (url: string) => {
    addEventListener: (
      type: 'message',
      listener: (event: MessageEvent<string>) => void,
    ) => void;
    close: () => void;
  };
}

/**
 * Draws our steps in place of the hub's own page, which comes back if we fail.
 *
 * @returns a function that ends its work; for tests.
 */
export function startWaiting(
  document: Document,
  { location, xsrfToken, fetch, listen }: WaitingSurroundings,
): () => void {
  const root = document.getElementById('beamtime-waiting');
  const hubPage = document.getElementById('beamtime-hub-page');
  const data = document.getElementById('beamtime-waiting-data');
  if (!root || !hubPage || !data) {
    throw new Error('This is not the page of a session that is being started.');
  }
  const boot = readWaitingBoot(data.textContent);
  let progress = nothingYet;
  let cancelling = false;
  let problem = '';
  const draw = () =>
    render(
      <WaitingPage
        boot={boot}
        progress={progress}
        now={Date.now()}
        cancelling={cancelling}
        problem={problem}
        onCancel={() => void cancel()}
      />,
      root,
    );
  const stream = listen(boot.progress_url);
  const cancel = async () => {
    cancelling = true;
    problem = '';
    draw();
    try {
      await cancelStart(
        boot,
        xsrfToken,
        fetch,
        () => new Promise((resolve) => setTimeout(resolve, 1000)),
      );
      stream.close();
      location.assign(formUrl(boot));
    } catch (error) {
      cancelling = false;
      problem = error instanceof Error ? error.message : String(error);
      draw();
    }
  };
  stream.addEventListener('message', ({ data: text }: MessageEvent<string>) => {
    const before = progress;
    progress = advance(progress, text, Date.now());
    if (cancelling) {
      return; // That it has failed is what was wanted.
    }
    draw();
    if (progress.failure !== null) {
      stream.close();
    } else if (progress.step === 'opening' && before.step !== 'opening') {
      stream.close();
      location.reload(); // The hub leads from here to the session.
    }
  });
  const timer = setInterval(draw, INTERVAL);
  draw();
  hubPage.hidden = true;
  root.hidden = false;
  return () => {
    clearInterval(timer);
    stream.close();
    render(null, root);
  };
}
