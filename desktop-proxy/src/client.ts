import { URLExt } from '@jupyterlab/coreutils';
import type * as z from 'zod/mini';

import type { Opening } from './applications/opening.js';
import {
  DesktopInfo,
  DesktopList,
  Problem,
  Programs,
  Refusal,
  Ticket,
} from './wire.js';

/** What is to be started. */
export interface DesktopWish extends Opening {
  name: string;
  /** Id of the program. */
  program: string;
  /** Pixels. */
  width: number;
  height: number;
}

/** Why a call failed, in the terms in which a caller can act. */
export type DesktopFailure = 'unreachable' | 'refused' | 'not-understood';

/** A call that failed. The message is for the user. */
export class DesktopError extends Error {
  constructor(
    readonly failure: DesktopFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'DesktopError';
  }
}

/** Gives a refusal; throws what is none. */
export function refused(error: unknown): DesktopError {
  if (error instanceof DesktopError && error.failure === 'refused') {
    return error;
  }
  throw error;
}

/** What the gateway can be asked. Every call may throw a {@link DesktopError}. */
export interface IDesktops {
  /** All desktops of this session. */
  list(): Promise<DesktopInfo[]>;
  /** What can be started here, and what is missing. */
  programs(): Promise<Programs>;
  /** Starts a desktop, or gives the one of that name that runs. */
  start(wish: DesktopWish): Promise<DesktopInfo>;
  /** Ends a desktop and forgets it. */
  shutDown(name: string): Promise<void>;
  /** Address of a websocket to look at a desktop: good once, for 30 s. */
  address(name: string): Promise<string>;
}

/** How long an answer may take where the gateway has nothing to do for it, ms. */
const PATIENCE = 10_000;

/** Sends a request as Jupyter's server wants it: with its token or XSRF header. */
export type Request = (url: string, init: RequestInit) => Promise<Response>;

/** Asks the gateway through Jupyter's server, with a ticket where one is needed. */
export class DesktopClient implements IDesktops {
  constructor(
    /** Addresses of Jupyter's server, for HTTP and for websockets. */
    private readonly server: { baseUrl: string; wsUrl: string },
    private readonly request: Request,
  ) {}

  async list(): Promise<DesktopInfo[]> {
    const answer = await this.ask('api/desktops', DesktopList, {
      signal: AbortSignal.timeout(PATIENCE),
    });
    return answer.desktops;
  }

  programs(): Promise<Programs> {
    return this.ask('api/programs', Programs);
  }

  async start(wish: DesktopWish): Promise<DesktopInfo> {
    return this.ask('api/desktops', DesktopInfo, {
      method: 'POST',
      body: JSON.stringify(wish),
      headers: await this.ticketHeader(wish.name),
    });
  }

  async shutDown(name: string): Promise<void> {
    const headers = await this.ticketHeader(name);
    const response = await this.fetch(this.gateway(`api/desktops/${name}`), {
      method: 'DELETE',
      headers,
    });
    if (!response.ok && response.status !== 404) {
      throw await this.refusal(response);
    }
  }

  async address(name: string): Promise<string> {
    const query = URLExt.objectToQueryString({
      desktop: name,
      ticket: await this.ticket(name),
    });
    return URLExt.join(this.server.wsUrl, 'beamtime/desktop/ws') + query;
  }

  private async ticket(desktop: string): Promise<string> {
    const url = URLExt.join(this.server.baseUrl, 'beamtime/desktop/ticket');
    const response = await this.fetch(url, {
      method: 'POST',
      body: JSON.stringify({ desktop }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    return (await this.read(response, Ticket)).ticket;
  }

  private async ticketHeader(desktop: string): Promise<HeadersInit> {
    return { 'X-Beamtime-Ticket': await this.ticket(desktop) };
  }

  private gateway(path: string): string {
    return URLExt.join(this.server.baseUrl, 'beamtime-desktop', path);
  }

  private async ask<T>(
    path: string,
    schema: z.ZodMiniType<T>,
    init: RequestInit = {},
  ): Promise<T> {
    return this.read(await this.fetch(this.gateway(path), init), schema);
  }

  private async fetch(url: string, init: RequestInit): Promise<Response> {
    try {
      return await this.request(url, init);
    } catch (cause) {
      throw new DesktopError(
        'unreachable',
        'Your session does not answer. Check your network, then try again.',
        { cause },
      );
    }
  }

  private async read<T>(
    response: Response,
    schema: z.ZodMiniType<T>,
  ): Promise<T> {
    if (!response.ok) {
      throw await this.refusal(response);
    }
    const parsed = schema.safeParse(await json(response));
    if (!parsed.success) {
      throw new DesktopError(
        'not-understood',
        'The desktop part of your session and this page are of different versions. Restart the session.',
        { cause: parsed.error },
      );
    }
    return parsed.data;
  }

  /** The gateway and Jupyter say why in JSON; a proxy on the way answers with a page. */
  private async refusal(response: Response): Promise<DesktopError> {
    const parsed = Refusal.safeParse(await json(response));
    if (parsed.success) {
      return new DesktopError('refused', parsed.data.message);
    }
    if (response.status === 404) {
      return new DesktopError(
        'refused',
        'This session has no desktop part: jupyter-server-proxy or beamtime_desktop is not loaded. Tell the person who looks after this software.',
      );
    }
    return new DesktopError(
      'unreachable',
      (await this.problem()) ??
        `The desktop part of your session does not answer (HTTP ${response.status}). Its reason is in the session's log.`,
    );
  }

  /** Why the gateway could not be started, as far as Jupyter's server can tell. */
  private async problem(): Promise<string | null> {
    const url = URLExt.join(this.server.baseUrl, 'beamtime/desktop/problem');
    const response = await this.fetch(url, {
      signal: AbortSignal.timeout(PATIENCE),
    });
    const parsed = Problem.safeParse(await json(response));
    return parsed.success ? parsed.data.problem : null;
  }
}

async function json(response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => undefined);
  return body;
}
