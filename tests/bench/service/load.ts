import http from 'node:http';

export interface Loaded {
  /** Milliseconds from when each request was due, so that a stall counts for all it held up. */
  latencies: number[];
  /** Statuses other than 200, and connections that failed. */
  errors: string[];
}

/** Sends so many requests a second for so long, whether or not the answers come. */
export async function load(
  base: URL,
  paths: readonly string[],
  tokens: readonly string[],
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<Loaded> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 128 });
  const loaded: Loaded = { latencies: [], errors: [] };
  const all = perSecond * seconds;
  const began = performance.now();
  const answers: Promise<void>[] = [];
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(
        all,
        Math.floor(((performance.now() - began) * perSecond) / 1000),
      );
      while (answers.length < due) {
        const nth = answers.length;
        answers.push(
          ask(
            new URL(paths[nth % paths.length] ?? '', base),
            tokens[nth % tokens.length] ?? '',
            agent,
            began + (nth * 1000) / perSecond,
            loaded,
          ),
        );
      }
      if (answers.length === all) {
        clearInterval(timer);
        resolve();
      }
    }, 2);
  });
  await Promise.all(answers);
  agent.destroy();
  return loaded;
}

function ask(
  url: URL,
  token: string,
  agent: http.Agent,
  due: number,
  { latencies, errors }: Loaded,
): Promise<void> {
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${token}` };
    const fail = (what: string) => {
      errors.push(`${url.pathname}: ${what}`);
      resolve();
    };
    const request = http.get(url, { agent, headers }, (response) => {
      response.resume();
      response.on('error', ({ message }) => fail(message));
      response.on('end', () => {
        if (response.statusCode === 200) {
          latencies.push(performance.now() - due);
          resolve();
        } else {
          fail(String(response.statusCode));
        }
      });
    });
    request.on('error', ({ message }) => fail(message));
  });
}
