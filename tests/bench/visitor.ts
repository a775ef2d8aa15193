import { setTimeout as sleep } from 'node:timers/promises';
import { request, type APIRequestContext } from '@playwright/test';
import type { Hub } from '../facility/hub.ts';

/** What the hub answered, without following a redirect. */
export interface Answer {
  status: number;
  text: string;
  location: string | null;
}

/** A person at a hub, without a browser. Paths are below the hub's base URL. */
export class Visitor {
  readonly name: string;
  private readonly web: APIRequestContext;

  private constructor(web: APIRequestContext, name: string) {
    this.web = web;
    this.name = name;
  }

  static async signIn(hub: Hub, name: string): Promise<Visitor> {
    const web = await request.newContext({ baseURL: hub.url });
    const visitor = new Visitor(web, name);
    await visitor.get('hub/login');
    const { status } = await visitor.post('hub/login', {
      username: name,
      password: hub.settings.password,
    });
    if (status !== 302) {
      throw new Error(`${name} could not sign in: ${String(status)}.`);
    }
    // Who is signed in gets another XSRF token with the next page.
    await visitor.get('hub/home');
    return visitor;
  }

  get(path: string): Promise<Answer> {
    return this.ask('GET', path);
  }

  /** Posts a form. */
  post(path: string, form: Readonly<Record<string, string>>): Promise<Answer> {
    return this.ask('POST', path, form);
  }

  /** A token of the hub's, as pages of sessions have it. */
  async token(scopes: readonly string[]): Promise<string> {
    const response = await this.web.post(`hub/api/users/${this.name}/tokens`, {
      headers: { 'X-XSRFToken': await this.xsrf() },
      data: { scopes, expires_in: 3600 },
    });
    const text = await response.text();
    const token = /"token": ?"([^"]+)"/.exec(text)?.[1];
    if (token === undefined) {
      throw new Error(`No token for ${this.name}: ${text}`);
    }
    return token;
  }

  /** Stops the person's session and waits until it is gone. */
  async stopServer(): Promise<void> {
    const path = `hub/api/users/${this.name}`;
    await this.ask('DELETE', `${path}/server`);
    while ((await this.get(path)).text.includes('"pending": "stop"')) {
      await sleep(200);
    }
  }

  private async ask(
    method: string,
    path: string,
    form?: Readonly<Record<string, string>>,
  ): Promise<Answer> {
    const response = await this.web.fetch(path, {
      method,
      maxRedirects: 0,
      timeout: 0,
      headers: { 'X-XSRFToken': await this.xsrf() },
      ...(form === undefined ? {} : { form: { ...form } }),
    });
    return {
      status: response.status(),
      text: await response.text(),
      location: response.headers()['location'] ?? null,
    };
  }

  private async xsrf(): Promise<string> {
    const { cookies } = await this.web.storageState();
    return cookies.find(({ name }) => name === '_xsrf')?.value ?? '';
  }
}
