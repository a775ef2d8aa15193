import http from 'node:http';
import { messageOf } from '../refusal.js';
import { type Finding, Findings } from './finding.js';

const DEADLINE_MS = 60_000;

/**
 * Asks the running service what it finds.
 *
 * @throws {Error} in words, if it does not answer.
 */
export async function askService(socketPath: string): Promise<Finding[]> {
  const text = await new Promise<string>((resolve, reject) => {
    const request = http.get(
      { socketPath, path: '/internal/v1/doctor', timeout: DEADLINE_MS },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (body += part));
        response.on('end', () => resolve(body));
        response.on('error', reject);
      },
    );
    request.on('timeout', () =>
      request.destroy(new Error(`no answer within ${DEADLINE_MS / 1_000} s`)),
    );
    request.on('error', reject);
  });
  const parsed = Findings.safeParse(readJson(text));
  if (!parsed.success) {
    throw new Error('it is of another version of Beamtime');
  }
  return parsed.data;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return messageOf(error);
  }
}
