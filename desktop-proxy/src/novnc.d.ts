// noVNC 1.7 ships no types. This is as much of its API as we use.
declare module '@novnc/novnc' {
  interface RFBEvents {
    connect: CustomEvent<Record<string, never>>;
    disconnect: CustomEvent<{ clean: boolean }>;
    clipboard: CustomEvent<{ text: string }>;
  }

  /** A viewer of one desktop. Draws into `target` until it is disconnected. */
  export default class RFB {
    constructor(
      target: HTMLElement,
      url: string,
      options?: { shared?: boolean },
    );
    /** CSS background around the picture. */
    background: string;
    /** Whether the picture is scaled to fit. */
    scaleViewport: boolean;
    /** Whether the desktop is asked to take the size of `target`. */
    resizeSession: boolean;
    addEventListener<K extends keyof RFBEvents>(
      type: K,
      listener: (event: RFBEvents[K]) => void,
    ): void;
    focus(): void;
    blur(): void;
    disconnect(): void;
    /** @param down - True presses, false releases, absent does both. */
    sendKey(keysym: number, code: string, down?: boolean): void;
    clipboardPasteFrom(text: string): void;
  }
}
