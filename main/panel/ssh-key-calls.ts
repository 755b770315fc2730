/** Requests about the SSH keys of the account, which nodes accept for SFTP. */
import type { PanelKind } from '../../bridge/panel/panel-kind.js';
import { PerchError, newProblem } from '../../bridge/errors.js';
import { sentence, type Sentence } from '../../messages/messages.js';
import { RefusedCall, read, type PanelCall } from './call.js';
import { sshKeyAnswer, sshKeysAnswer, type SshKey } from './wire/ssh-keys.js';

const path = '/account/ssh-keys';

/** A change of the account, which needs no permission on a server. */
function change<T>(
  what: Sentence,
  call: Pick<PanelCall<T>, 'method' | 'path' | 'answer'> & { readonly body?: Record<string, string> },
): PanelCall<T> {
  return {
    what,
    subject: 'panel',
    usesNode: false,
    fields: Object.keys(call.body ?? {}),
    budget: 'panel',
    unsure: sentence('panel.maybe-saved'),
    ...call,
  };
}

/** Calls with a method of the same name and arguments on `PanelApi`. */
export const sshKeyRequests = {
  sshKeys: () => read(path, sentence('panel.what.ssh-keys'), sshKeysAnswer),

  /** `publicKey` = line of an `authorized_keys` file. Panels refuse a key that the account has already. */
  addSshKey: (name: string, publicKey: string) =>
    change(sentence('panel.what.add-ssh-key'), {
      method: 'POST',
      path,
      body: { name, public_key: publicKey },
      answer: sshKeyAnswer,
    }),
};

const removeByBody = (fingerprint: string): PanelCall<void> =>
  change(sentence('panel.what.remove-ssh-key'), {
    method: 'POST',
    path: `${path}/remove`,
    body: { fingerprint },
    answer: null,
  });

/** Pelican names the key in the path, which works for fingerprints without "/" only. */
const removeByPath = (fingerprint: string): PanelCall<void> =>
  change(sentence('panel.what.remove-ssh-key'), {
    method: 'DELETE',
    path: `${path}/${encodeURIComponent(fingerprint)}`,
    answer: null,
  });

/**
 * Removes an SSH key. A key that the panel does not have is no failure: Pterodactyl then answers 204, Pelican 404. A 404
 * may also come from something that is no panel, so the list of keys decides. Pelican before November 2025 has only the
 * call of Pterodactyl, and later ones have no call for a fingerprint with a "/" (PROTOCOL 2.18.5).
 */
export async function removeSshKey(
  ask: <T>(call: PanelCall<T>) => Promise<T>,
  kind: PanelKind | null,
  fingerprint: string,
): Promise<void> {
  try {
    await ask(kind === 'pelican' ? removeByPath(fingerprint) : removeByBody(fingerprint));
  } catch (error) {
    if (!isMissing(error)) throw error;
    const keys: readonly SshKey[] | null = await ask(sshKeyRequests.sshKeys()).catch(() => null);
    if (keys === null) throw error.status === 404 && error.said !== null ? new PerchError(notFound) : error;
    if (!keys.some((key) => key.fingerprint === fingerprint)) return;
    if (kind !== 'pelican') throw error;
    await ask(removeByBody(fingerprint)).catch((second: unknown) => {
      throw isMissing(second) && fingerprint.includes('/') ? new PerchError(unnameable) : second;
    });
  }
}

/** True if the panel does not have the route, or the key that the call names. */
function isMissing(error: unknown): error is RefusedCall {
  return error instanceof RefusedCall && (error.status === 404 || error.status === 405);
}

const notFound = newProblem('not-found', sentence('panel.no-ssh-key'), sentence('panel.no-key-there-next'));
const unnameable = newProblem('conflict', sentence('panel.ssh-key-slash'));
