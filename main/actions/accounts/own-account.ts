/** Calls about the account on its panel: keys, SSH keys, e-mail, user name, password, activity (PROTOCOL 2.18, 2.24). */
import type { HandlerInput, HandlerOutput } from '../../../bridge/schema/contract.js';
import type { ActivityPage } from '../../../bridge/schema/activity.js';
import { PerchError, newProblem, toProblem } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';
import type { CallTable } from '../../base/calls.js';
import type { SerialQueue } from '../../base/serial-queue.js';
import { lacksRoute, type PanelApi } from '../../panel/api.js';
import { asked, knownAccount, type ActionsDeps } from '../deps.js';
import { addSshKey, changeEmail, changeUsername, deleteKey, removeSshKey } from './account-writes.js';
import { untilSpare } from './older-activity.js';
import { renewKey, tidyKeys, usedIdentifier } from './renew-key.js';

/** Lines of a private key: OpenSSH and PEM, and the file of PuTTY. */
const privateKey = /PRIVATE KEY-----|^\s*(?:PuTTY-User-Key-File-|Private-(?:Lines|MAC|Hash):)/im;
/** Names the field of the panel's call, whose problem the form shows beside its field. */
const notPublic = {
  ...newProblem('invalid', sentence('actions.private-key')),
  fields: { public_key: sentence('actions.private-key') },
};

/** `changes` = the changes of the account list: a panel must not be removed while its key is being replaced. */
export function ownAccountCalls(deps: ActionsDeps, changes: SerialQueue) {
  const panelOf = ({ accountId }: { accountId: string }): PanelApi => {
    knownAccount(deps.book, accountId);
    return deps.fleet.panelOf(accountId);
  };
  return {
    'account.view': (input) => view(deps, input, panelOf(input)),
    'account.makeKey': (input) =>
      changes.run(async () => {
        const panel = panelOf(input);
        const made = await panel.createApiKey(input.description, input.allowedIps);
        try {
          await made.useKey((key) => deps.copyText(key));
        } catch (error) {
          // Nobody can read the key any more.
          await deleteKey(panel, made.identifier).catch(() => undefined);
          throw error;
        }
      }),
    'account.deleteKey': (input) =>
      changes.run(async () => {
        const used = await usedIdentifier(deps, knownAccount(deps.book, input.accountId));
        if (used === input.identifier) {
          throw new PerchError(newProblem('conflict', sentence('actions.own-key')));
        }
        await deleteKey(panelOf(input), input.identifier);
      }),
    'account.renewKey': (input) => changes.run(() => renewKey(deps, input)),
    'account.tidyKeys': (input) => changes.run(() => tidyKeys(deps, input)),
    'account.addSshKey': async (input) => {
      if (privateKey.test(input.publicKey)) throw new PerchError(notPublic);
      await addSshKey(panelOf(input), input);
    },
    'account.removeSshKey': async (input) => {
      const { sftp } = knownAccount(deps.book, input.accountId);
      if (sftp !== undefined && sftp.fingerprint === `SHA256:${input.fingerprint}`) {
        throw new PerchError(newProblem('conflict', sentence('actions.own-ssh-key')));
      }
      await removeSshKey(panelOf(input), input.fingerprint);
    },
    'account.setEmail': async (input) => {
      await changeEmail(panelOf(input), input);
      await deps.fleet.retryAccount(input.accountId).catch(() => undefined);
    },
    'account.setUsername': async (input) => {
      await changeUsername(panelOf(input), input);
      // Another key of the account must not look like that of another user.
      await deps.book.patch(input.accountId, () => ({ username: input.username }));
      // The user name is the first half of the name for SFTP.
      await deps.fleet.retryAccount(input.accountId).catch(() => undefined);
    },
    'account.setPassword': (input) => panelOf(input).changePassword(input.current, input.next),
    'account.activity': async (input) => {
      const panel = panelOf(input);
      await untilSpare(deps.clock, panel, input.page);
      return pageOf(await panel.accountActivity(wanted(input)));
    },
    'activity.ofServer': (input) =>
      asked(deps, input.serverId, 'activity.read', async ({ server, watched }) => {
        await untilSpare(deps.clock, watched.panel, input.page);
        return pageOf(await watched.panel.activityPage(server.identifier, wanted(input)));
      }),
  } satisfies CallTable;
}

async function view(
  deps: ActionsDeps,
  { accountId }: HandlerInput<'account.view'>,
  panel: PanelApi,
): Promise<HandlerOutput<'account.view'>> {
  const record = knownAccount(deps.book, accountId);
  const [user, keys, sshKeys, used, kind] = await Promise.all([
    panel.account(),
    panel.apiKeys(),
    panel.sshKeys().catch(noneIfTooOld),
    usedIdentifier(deps, record),
    deps.panelKind(record.panelUrl, record.trusted),
  ]);
  const ownSsh = record.sftp?.fingerprint.replace(/^SHA256:/, '');
  return {
    username: user.username,
    email: user.email,
    hasTwoFactor: user.hasTwoFactor ?? (await twoFactorOf(panel, user.username)),
    kind,
    keys: keys.map((key) => ({ ...key, isUsed: key.identifier === used })),
    sshKeys: sshKeys.map((key) => ({ ...key, isUsed: key.fingerprint === ownSsh })),
  };
}

/** The first panels know no SSH keys. */
function noneIfTooOld(error: unknown): [] {
  if (lacksRoute(toProblem(error))) return [];
  throw error;
}

/**
 * Pterodactyl shows two-factor authentication only in its activity. null without an entry, or without the activity: the
 * account is shown all the same.
 */
async function twoFactorOf(panel: PanelApi, username: string): Promise<boolean | null> {
  const page = await panel.accountActivity({ page: 1 }).catch(() => null);
  return page?.twoFactor.get(username) ?? null;
}

function wanted({ page, event }: { page: number; event?: string | undefined }) {
  return { page, ...(event === undefined ? {} : { event }) };
}

function pageOf({ entries, total, pages, unread }: ActivityPage): ActivityPage {
  return { entries, total, pages, ...(unread === undefined ? {} : { unread }) };
}
