// What comes through the network when somebody comes back to a desktop that runs: all that
// its websocket receives until the picture rests, with the default background of each.
import type { Browser, Page, WebSocket } from '@playwright/test';
import { launch } from '../browser.ts';
import type { Case, Contender } from '../case.ts';
import { READY } from '../../facility/home.ts';
import { preparePeer } from '../desktops/prepare.ts';
import { whenSeen, whenSettled } from '../desktops/screen.ts';
import { ours, peer, Seat, type Side } from '../desktops/side.ts';

const REST = 3000;

/** Counts what the page's picture sockets receive from now on. */
function countBytes(page: Page): () => number {
  let bytes = 0;
  page.on('websocket', (socket: WebSocket) => {
    if (/desktop/.test(socket.url())) {
      socket.on('framereceived', ({ payload }) => {
        bytes += payload.length;
      });
    }
  });
  return () => bytes;
}

function contender(browser: Browser, side: Side): Contender {
  return {
    async measure() {
      const seat = await Seat.take(browser, side);
      try {
        const page = await side.open(seat.page, 'desktop');
        await whenSeen(page, READY);
        await whenSettled(page, REST);
        const count = countBytes(page);
        await side.comeBack(page);
        await whenSeen(page, READY);
        await whenSettled(page, REST);
        return count() / 1000;
      } finally {
        await seat.leave();
      }
    },
  };
}

const reconnect: Case = {
  async open() {
    await preparePeer();
    const browser = await launch();
    return {
      variants: [
        {
          name: 'received by a reconnect to the full desktop',
          unit: 'kB',
          better: 'less',
          ours: contender(browser, ours),
          peer: contender(browser, peer),
        },
      ],
      close: () => browser.close(),
    };
  },
};

export default reconnect;
