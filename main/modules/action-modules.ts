import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { createActions, type Actions } from '../actions/actions.js';
import type { Network } from '../base/network-ports.js';
import type { Sender } from '../fleet/process/sent-signals.js';
import { panelsWithoutAccount } from '../panel/without-account.js';
import type { FleetPeople } from '../people/fleet-people.js';
import type { FleetSchedules } from '../schedules/fleet-schedules.js';
import type { FileModules } from './file-modules.js';
import type { FleetModules } from './fleet-modules.js';
import type { RevisionModules } from './revision-modules.js';
import type { Shared } from './shared.js';
import type { TransferModules } from './transfer-modules.js';

export interface ActionModulesDeps
  extends
    Shared,
    Pick<FleetModules, 'fleet' | 'book'>,
    Pick<TransferModules, 'transfers'>,
    Pick<FileModules, 'leftDrafts' | 'ownEditor'>,
    Pick<RevisionModules, 'revisions' | 'startChanges'>,
    Pick<
      Parameters<typeof createActions>[0],
      'vault' | 'copiedKeys' | 'copyText' | 'backups' | 'demo' | 'sftpKeys'
    > {
  readonly network: Network;
  readonly fleetSchedules: Pick<FleetSchedules, 'changedOnPanel'>;
  readonly fleetPeople: Pick<FleetPeople, 'changedOnPanel'>;
  /** The person or rule that sends a power signal to this server now. */
  readonly senderOf: (serverId: string) => Sender;
}

/** Builds the actions, and the parts that clean up after the removal of an account. */
export function actionModules(deps: ActionModulesDeps): Actions {
  const { disk, transfers, leftDrafts, ownEditor, revisions, startChanges, senderOf, fleetSchedules } = deps;
  return createActions({
    ...deps,
    actorOf: (serverId) => ({ kind: 'me', ...senderOf(serverId) }),
    histories: disk.histories,
    startupSet: (serverId) => startChanges.forget(serverId),
    schedulesChanged: (serverId) => fleetSchedules.changedOnPanel(serverId),
    peopleChanged: (serverId) => deps.fleetPeople.changedOnPanel(serverId),
    accountRemoved: async (accountId) => {
      transfers.accountGone(accountId);
      leftDrafts.forgetAccount(accountId);
      await Promise.all([
        disk.forgetServersOf(accountId),
        revisions.forgetAccount(accountId),
        ownEditor.forgetAccount(accountId),
      ]);
    },
    ...panelsWithoutAccount(deps),
    newId: randomUUID,
    computer: hostname,
  });
}
