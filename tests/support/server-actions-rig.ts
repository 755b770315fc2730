/** Actions on one server that its panel has just listed. */
import type { ServerPatch } from '../../bridge/fleet/changes.js';
import type { PanelServer } from '../../main/panel/wire/server.js';
import { anActionsRig } from './actions-rig.js';
import { aPanelServer, aRecord } from './fleet-fakes.js';

/**
 * Builds the rig of the server `home/u1` with the given fields. `listed` = fields that only the panel's list sets.
 * `panel.asked` begins empty.
 */
export async function aServerActionsRig(fields: ServerPatch = {}, listed: Partial<PanelServer> = {}) {
  const rig = await anActionsRig([aRecord()]);
  const { panel, clock, fleet, store } = rig;
  panel.list = [aPanelServer('u1', listed)];
  await fleet.retryAccount('home');
  await clock.advance(1000);
  store.apply([{ kind: 'server-patched', serverId: 'home/u1', patch: fields }]);
  panel.asked.length = 0;
  return rig;
}
