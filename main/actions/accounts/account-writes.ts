/** Changes of an account on its panel, each judged by what the panel shows if the answer is lost. */
import { createHash } from 'node:crypto';
import { toProblem } from '../../../bridge/errors.js';
import { sameEmail } from '../../../bridge/people/rights.js';
import type { PanelApi } from '../../panel/api.js';

/** Makes a change. Rejects with `PerchError`; after a lost answer only if the panel does not show the change. */
async function sure(change: () => Promise<unknown>, isDone: () => Promise<boolean>): Promise<void> {
  try {
    await change();
  } catch (error) {
    if (toProblem(error).maybeDone !== true || !(await isDone().catch(() => false))) throw error;
  }
}

/** A key that is gone counts as deleted. */
export function deleteKey(
  panel: Pick<PanelApi, 'apiKeys' | 'deleteApiKey'>,
  identifier: string,
): Promise<void> {
  const remove = (): Promise<void> =>
    panel.deleteApiKey(identifier).catch((error: unknown) => {
      if (toProblem(error).code !== 'not-found') throw error;
    });
  return sure(remove, async () => (await panel.apiKeys()).every((key) => key.identifier !== identifier));
}

export function addSshKey(
  panel: Pick<PanelApi, 'addSshKey' | 'sshKeys'>,
  { name, publicKey }: { readonly name: string; readonly publicKey: string },
): Promise<void> {
  return sure(
    () => panel.addSshKey(name, publicKey),
    () => hasSshKey(panel, fingerprintOf(publicKey)),
  );
}

export function removeSshKey(
  panel: Pick<PanelApi, 'removeSshKey' | 'sshKeys'>,
  fingerprint: string,
): Promise<void> {
  return sure(
    () => panel.removeSshKey(fingerprint),
    async () => !(await hasSshKey(panel, fingerprint)),
  );
}

export function changeEmail(
  panel: Pick<PanelApi, 'account' | 'changeEmail'>,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<void> {
  return sure(
    () => panel.changeEmail(email, password),
    async () => sameEmail((await panel.account()).email, email),
  );
}

export function changeUsername(
  panel: Pick<PanelApi, 'account' | 'changeUsername'>,
  { username, password }: { readonly username: string; readonly password: string },
): Promise<void> {
  return sure(
    () => panel.changeUsername(username, password),
    async () => (await panel.account()).username === username,
  );
}

async function hasSshKey({ sshKeys }: Pick<PanelApi, 'sshKeys'>, fingerprint: string): Promise<boolean> {
  return (await sshKeys()).some((key) => key.fingerprint === fingerprint);
}

/** Fingerprint of a line of an `authorized_keys` file as panels write it (PROTOCOL 2.18.1); '' for another form. */
function fingerprintOf(publicKey: string): string {
  const blob = /^\s*[\w@.-]+\s+([\w+/]+={0,2})(?:\s|$)/.exec(publicKey)?.[1];
  if (blob === undefined) return '';
  return createHash('sha256').update(Buffer.from(blob, 'base64')).digest('base64').replace(/=+$/, '');
}
