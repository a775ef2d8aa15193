import type RFB from '@novnc/novnc';

import { CountingChannel } from './channel.js';
import type { KeyStroke } from './keys.js';
import type { Levels } from './quality.js';
import { pingText, readSaid, SIZE_ME, type Said } from './side-channel.js';

/** What a viewer tells of. */
export interface ViewerEvents {
  connected: () => void;
  /** The connection has ended, not by us. */
  lost: () => void;
  /** Something was copied on the desktop. */
  copied: (text: string) => void;
  received: (bytes: number) => void;
  /** The browser has painted something new. */
  painted: () => void;
  /** The gateway says something beside the pictures. */
  said: (said: Said) => void;
}

/** One connection to one desktop, with its picture. */
export class Viewer {
  /** Loads what {@link connect} needs, while the desktop starts. */
  static preload(): void {
    // If it fails now, `connect` tries again.
    loadRfb().catch(() => undefined);
  }

  /** Connects, and puts the picture into `host`. */
  static async connect(
    host: HTMLElement,
    url: string,
    events: ViewerEvents,
  ): Promise<Viewer> {
    return new Viewer(await loadRfb(), host, url, events);
  }

  private constructor(
    Rfb: typeof RFB,
    host: HTMLElement,
    url: string,
    private readonly events: ViewerEvents,
  ) {
    this.channel = new CountingChannel(url, {
      bytes: this.onReceived,
      text: this.onSaid,
    });
    this.rfb = new Rfb(host, this.channel, { shared: true });
    this.rfb.background = 'var(--bt-desktop-background)';
    this.rfb.focusOnClick = false;
    const canvas = host.querySelector(':scope > div:last-of-type > canvas');
    if (!(canvas instanceof HTMLCanvasElement)) {
      throw new Error('noVNC has made no canvas.');
    }
    this.canvas = canvas;
    this.rfb.addEventListener('connect', () => events.connected());
    this.rfb.addEventListener('disconnect', () => {
      const wasAlive = this.isAlive;
      this.isAlive = false;
      if (wasAlive) {
        events.lost();
      }
    });
    this.rfb.addEventListener('clipboard', ({ detail }) =>
      events.copied(detail.text),
    );
  }

  /** The picture. Stays as it was when the connection has ended. */
  readonly canvas: HTMLCanvasElement;

  /** Ends the connection. */
  disconnect(): void {
    if (this.isAlive) {
      this.isAlive = false;
      this.rfb.disconnect();
    }
  }

  /** Asks the gateway to answer with the same number. */
  ping(n: number): void {
    this.channel.say(pingText(n));
  }

  /** Asks that the desktop takes the size of this tab, and of no other. */
  takeSizing(): void {
    this.channel.say(SIZE_ME);
  }

  press({ keysym, code }: KeyStroke): void {
    this.rfb.sendKey(keysym, code, true);
  }

  release({ keysym, code }: KeyStroke): void {
    this.rfb.sendKey(keysym, code, false);
  }

  /** Gives a text to the desktop's clipboard. */
  paste(text: string): void {
    this.rfb.clipboardPasteFrom(text);
  }

  setLevels({ quality, compression }: Levels): void {
    this.rfb.qualityLevel = quality;
    this.rfb.compressionLevel = compression;
  }

  /**
   * @param resizes - Whether the desktop takes the size of the tab.
   * @param scales - Whether the picture is scaled to the tab where sizes differ.
   */
  setFit(resizes: boolean, scales: boolean): void {
    if (this.rfb.scaleViewport !== scales) {
      this.rfb.scaleViewport = scales;
    }
    if (this.rfb.resizeSession !== resizes) {
      this.rfb.resizeSession = resizes;
    }
  }

  /** The picture as a PNG; null if there is none. */
  screenshot(): Promise<Blob | null> {
    return new Promise((resolve) => this.rfb.toBlob(resolve, 'image/png'));
  }

  private readonly onSaid = (text: string): void => {
    const said = readSaid(text);
    if (said && this.isAlive) {
      this.events.said(said);
    }
  };

  private readonly onReceived = (bytes: number): void => {
    this.events.received(bytes);
    if (!this.isPainting) {
      this.isPainting = true;
      requestAnimationFrame(() => {
        this.isPainting = false;
        this.events.painted();
      });
    }
  };

  private readonly rfb: RFB;
  private readonly channel: CountingChannel;
  private isAlive = true;
  private isPainting = false;
}

async function loadRfb(): Promise<typeof RFB> {
  // In a chunk of its own: it tests the browser while it loads (top-level await).
  const { default: Rfb } = await import('@novnc/novnc');
  return Rfb;
}
