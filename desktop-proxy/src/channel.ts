/**
 * A websocket that counts what it receives, and keeps texts beside the pictures.
 *
 * noVNC takes only objects whose class itself has these members, so a subclass of
 * WebSocket will not do: this one passes everything on.
 */
export class CountingChannel {
  constructor(
    url: string,
    private readonly heard: {
      /** So many bytes of pictures have come. */
      bytes: (count: number) => void;
      text: (text: string) => void;
    },
    private readonly socket: WebSocket = new WebSocket(url),
  ) {
    this.socket.binaryType = 'arraybuffer';
  }

  get binaryType(): BinaryType {
    return this.socket.binaryType;
  }

  set binaryType(type: BinaryType) {
    this.socket.binaryType = type;
  }

  get protocol(): string {
    return this.socket.protocol;
  }

  get readyState(): number {
    return this.socket.readyState;
  }

  get onopen(): ((event: Event) => void) | null {
    return this.socket.onopen;
  }

  set onopen(listener: ((event: Event) => void) | null) {
    this.socket.onopen = listener;
  }

  get onclose(): ((event: CloseEvent) => void) | null {
    return this.socket.onclose;
  }

  set onclose(listener: ((event: CloseEvent) => void) | null) {
    this.socket.onclose = listener;
  }

  get onerror(): ((event: Event) => void) | null {
    return this.socket.onerror;
  }

  set onerror(listener: ((event: Event) => void) | null) {
    this.socket.onerror = listener;
  }

  get onmessage(): ((event: MessageEvent<ArrayBuffer>) => void) | null {
    return this.listener;
  }

  set onmessage(listener: ((event: MessageEvent<ArrayBuffer>) => void) | null) {
    this.listener = listener;
    this.socket.onmessage =
      listener &&
      (({ data }: MessageEvent<unknown>) => {
        if (typeof data === 'string') {
          this.heard.text(data);
        } else if (data instanceof ArrayBuffer) {
          this.heard.bytes(data.byteLength);
          listener(new MessageEvent('message', { data }));
        }
      });
  }

  send(data: BufferSource): void {
    this.socket.send(data);
  }

  /** Says a text to the gateway, if the connection is open. */
  say(text: string): void {
    if (this.readyState === WebSocket.OPEN) {
      this.socket.send(text);
    }
  }

  close(): void {
    this.socket.close();
  }

  private listener: ((event: MessageEvent<ArrayBuffer>) => void) | null = null;
}
