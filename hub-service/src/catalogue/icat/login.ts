import { decodeProtectedHeader } from 'jose';
import { type Asking, SourceError } from '../adapter.js';
import type { AccountAuth, IcatConfig } from './config.js';
import type { Properties } from './records.js';
import { readSecret } from '../remote/secret.js';

/** As whom ICAT is asked. */
export type Actor =
  /** As the person: ICAT's own rules decide what they see. */
  | { kind: 'person' }
  /** As nobody: what is released. */
  | { kind: 'nobody'; why?: string }
  /** With the service's account, for the person of this name in ICAT; `null` for nobody. */
  | { kind: 'account'; user: string | null };

/** What is needed to sign in: the plugin and its credentials, one object for each key. */
export interface Credentials {
  plugin: string;
  credentials: Record<string, string>[];
}

/** Whose session it is, and how it is begun. */
export interface Identity {
  actor: Actor;
  /** Who shares a session. */
  key: string;
  credentials: (properties: Properties) => Promise<Credentials>;
}

/**
 * Decides as whom a question is asked.
 *
 * @throws {SourceError} `signed-out` from `credentials` if the server has no way in for them.
 */
export async function identify(
  auth: IcatConfig['auth'],
  label: string,
  asking: Asking,
): Promise<Identity> {
  const { viewer } = asking;
  switch (auth.kind) {
    case 'none':
      return nobody(label);
    case 'service':
      return {
        actor: {
          kind: 'account',
          user: viewer && auth.userName.replaceAll('{name}', viewer.name),
        },
        key: 'account',
        credentials: (properties) => asAccount(auth, label, properties),
      };
    case 'user': {
      const token = viewer && (await asking.token());
      if (viewer === null || token === null) {
        return nobody(label);
      }
      if (!isReadable(token)) {
        return nobody(
          label,
          `${label} cannot tell who you are: the identity provider’s tokens are not of the kind that it reads (JWT, RS256, with a key id). Tell the admins of this hub.`,
        );
      }
      return {
        actor: { kind: 'person' },
        key: `person ${viewer.name}`,
        credentials: (properties) => {
          const { keys } = authenticator(properties, auth.plugin, label);
          const name = keys.length === 1 ? keys[0]?.name : undefined;
          return Promise.resolve({
            plugin: auth.plugin,
            credentials: [{ [name ?? 'token']: token }],
          });
        },
      };
    }
  }
}

function nobody(label: string, why?: string): Identity {
  return {
    actor: { kind: 'nobody', ...(why !== undefined && { why }) },
    key: 'nobody',
    credentials: (properties) => {
      const open =
        properties.authenticators.find(({ mnemonic }) => mnemonic === 'anon') ??
        properties.authenticators.find(({ keys }) => keys.length === 0);
      return open
        ? Promise.resolve({ plugin: open.mnemonic, credentials: [] })
        : Promise.reject(
            new SourceError(
              'signed-out',
              why ??
                `${label} shows nothing to those it does not know. Sign out of the hub and in again; if that does not help, ask the admins of this hub.`,
            ),
          );
    },
  };
}

/** ICAT's OIDC plugin reads JWTs signed with RS256 by a key with an id, and no others. */
function isReadable(token: string): boolean {
  try {
    const { alg, kid } = decodeProtectedHeader(token);
    return alg === 'RS256' && kid !== undefined;
  } catch {
    return false;
  }
}

async function asAccount(
  auth: AccountAuth,
  label: string,
  properties: Properties,
): Promise<Credentials> {
  const { keys } = authenticator(properties, auth.plugin, label);
  const secret = keys.find(({ hide }) => hide)?.name ?? 'password';
  const name = keys.find((key) => key.name !== secret)?.name ?? 'username';
  const password = await readSecret(auth.passwordFile, label);
  return {
    plugin: auth.plugin,
    credentials: [{ [name]: auth.username }, { [secret]: password }],
  };
}

function authenticator(
  { authenticators }: Properties,
  plugin: string,
  label: string,
): Properties['authenticators'][number] {
  const found = authenticators.find(({ mnemonic }) => mnemonic === plugin);
  if (!found) {
    const offered = authenticators.map(({ mnemonic }) => mnemonic).join(', ');
    throw new SourceError(
      'signed-out',
      `${label} has no way to sign in called “${plugin}”; it has: ${offered || 'none'}. Tell the admins of this hub.`,
    );
  }
  return found;
}
