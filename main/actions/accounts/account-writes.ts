/** Changes of an account on its panel. After a lost answer, the state on the panel decides. */
import { toProblem } from '../../../bridge/errors.js';
import { sameEmail } from '../../../bridge/people/rights.js';
import type { PanelApi } from '../../panel/api.js';

type SshKey = Awaited<ReturnType<PanelApi['sshKeys']>>[number];

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

/** A key is known by its name and by its absence before: only the panel reads every form of a public key. */
export async function addSshKey(
  panel: Pick<PanelApi, 'addSshKey' | 'sshKeys'>,
  { name, publicKey }: { readonly name: string; readonly publicKey: string },
): Promise<void> {
  const before = await panel.sshKeys().catch(() => null);
  const isNew = (one: SshKey): boolean =>
    before !== null && before.every(({ fingerprint }) => fingerprint !== one.fingerprint);
  await sure(
    () => panel.addSshKey(name, publicKey),
    async () => (await panel.sshKeys()).some((one) => one.name === name && isNew(one)),
  );
}

export function removeSshKey(
  panel: Pick<PanelApi, 'removeSshKey' | 'sshKeys'>,
  fingerprint: string,
): Promise<void> {
  return sure(
    () => panel.removeSshKey(fingerprint),
    async () => (await panel.sshKeys()).every((key) => key.fingerprint !== fingerprint),
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
