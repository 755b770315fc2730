/** The accounts on their panels for the command line and for programs. Nothing here changes an account. */
import { oneLine } from '../../bridge/console/plain-line.js';
import { toProblem } from '../../bridge/errors.js';
import type { Account } from '../../bridge/schema/domain.js';
import type { OwnAccount } from '../../bridge/schema/own-account.js';
import type { RemoteAccount } from '../../bridge/schema/remote-account-verbs.js';
import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import { spoken } from '../../messages/messages.js';
import type { Actions } from '../actions/actions.js';
import type { Call } from './call.js';
import { forPrograms, userForPrograms } from './for-programs.js';
import { accountNamed } from './named-accounts.js';
import { settled, type SettledDeps } from './settled.js';
import { shownPanel } from './shown-server.js';

export interface RemoteAccountDeps extends SettledDeps {
  readonly actions: Pick<Actions, 'account.view'>;
}

type Shown = RemoteOutput<'account'>['accounts'][number];

const longest = 500;

/**
 * All accounts; those whose panels refuse carry the reason. If the caller names one account, its refusal ends the call.
 */
export async function viewAccounts(
  deps: RemoteAccountDeps,
  { panel }: RemoteInput<'account'>,
  { client }: Pick<Call<'account'>, 'client'>,
): Promise<RemoteOutput<'account'>> {
  await settled(deps, { seen: false });
  const all = [...deps.store.state.accounts.values()];
  const isProgram = client.kind === 'program';
  const read = async (account: Account): Promise<Shown> => {
    const own = await deps.actions['account.view']({ accountId: account.id });
    return { panel: shownPanel(account), account: shownAccount(own, isProgram), problem: null };
  };
  if (panel !== null) return { accounts: [await read(accountNamed(panel, all))] };
  return { accounts: await Promise.all(all.map((account) => read(account).catch(refusedBy(account)))) };
}

function refusedBy(account: Account): (error: unknown) => Shown {
  return (error) => {
    const { message, next } = toProblem(error);
    const problem = oneLine(`${spoken(message)} ${spoken(next)}`, longest);
    return { panel: shownPanel(account), account: null, problem };
  };
}

function shownAccount(own: OwnAccount, isProgram: boolean): RemoteAccount {
  const plain = (text: string): string => oneLine(isProgram ? forPrograms(text) : text, longest);
  return {
    username: oneLine(isProgram ? userForPrograms(own.username) : own.username, longest),
    email: isProgram ? null : oneLine(own.email, longest),
    hasTwoFactor: own.hasTwoFactor,
    keys: own.keys.map((key) => ({
      ...key,
      identifier: oneLine(key.identifier, 40),
      description: plain(key.description),
      allowedIps: isProgram ? null : key.allowedIps.map((address) => oneLine(address, 100)),
    })),
    sshKeys: own.sshKeys.map((key) => ({
      ...key,
      name: plain(key.name),
      fingerprint: oneLine(key.fingerprint, 200),
    })),
  };
}
