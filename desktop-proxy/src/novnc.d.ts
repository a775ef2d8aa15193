// noVNC 1.7 ships no types. This is as much of its API as we use.
declare module '@novnc/novnc' {
  interface RFBEvents {
    connect: CustomEvent<Record<string, never>>;
    disconnect: CustomEvent<{ clean: boolean }>;
    clipboard: CustomEvent<{ text: string }>;
  }

  /** What it accepts in place of an address: see `CountingChannel`. */
  interface RawChannel {
    binaryType: string;
    readonly protocol: string;
    readonly readyState: number;
    send(data: BufferSource): void;
    close(): void;
  }

  /** A viewer of one desktop. Draws into `target` until it is disconnected. */
  export default class RFB {
    constructor(
      target: HTMLElement,
      channel: RawChannel,
      options?: { shared?: boolean },
    );
    /** CSS background around the picture. */
    background: string;
    /** Whether the picture is scaled to fit. */
    scaleViewport: boolean;
    /** Whether the desktop is asked to take the size of `target`. */
    resizeSession: boolean;
    /** Whether a click on the picture gives it the focus. */
    focusOnClick: boolean;
    /** Of JPEG pictures, 0 … 9. */
    qualityLevel: number;
    /** Of everything else, 0 … 9. */
    compressionLevel: number;
    addEventListener<K extends keyof RFBEvents>(
      type: K,
      listener: (event: RFBEvents[K]) => void,
    ): void;
    disconnect(): void;
    /** @param down - True presses, false releases, absent does both. */
    sendKey(keysym: number, code: string, down?: boolean): void;
    clipboardPasteFrom(text: string): void;
    toBlob(callback: (blob: Blob | null) => void, type?: string): void;
  }
}
