import { alertSettingsSchema, type AlertSettings } from '../../bridge/schema/alerts.js';
import type { ServerPatch } from '../../bridge/fleet/changes.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { ServerGroup } from '../../bridge/schema/setting-parts.js';
import type { Alert } from '../../main/alerts/alert.js';
import { Emitter } from '../../main/base/emitter.js';
import type { ReportedFact } from '../../main/base/server-fact.js';
import { FleetStore } from '../../main/fleet/store.js';
import { spoken } from '../../messages/messages.js';
import { anAccount, aServer } from './entities.js';
import { FakeClock } from './fake-clock.js';
import { alertWishes, aNotifier } from './a-notifier.js';
import { someSignals } from './sent-signals.js';

/** Alerts of one panel whose servers crash and start, with a fake clock that begins at noon. */
export function anAlertsRig(fields: Partial<AlertSettings> = {}, groups: ServerGroup[] = []) {
  const clock = new FakeClock();
  clock.setWall(new Date(2026, 0, 2, 12, 0, 0).getTime());
  const store = new FleetStore();
  const told: Alert[] = [];
  const withdrawn: string[] = [];
  const settings = alertWishes({ alerts: { ...alertSettingsSchema.parse({}), ...fields }, groups });
  const sent = someSignals(clock, store);
  const facts = new Emitter<ReportedFact>();
  const alerts = aNotifier({
    store,
    facts,
    clock,
    sent,
    settings,
    onAlert: (alert) => told.push(alert),
    onWithdrawn: (id) => withdrawn.push(id),
  });
  alerts.start();
  store.apply([{ kind: 'account-upserted', account: anAccount() }]);
  let count = 0;
  const add = (server: Partial<Server> = {}): string => {
    const id = server.id ?? `home/${++count}`;
    const [, uuid = ''] = id.split('/');
    store.apply([
      {
        kind: 'server-upserted',
        server: aServer({ name: `S${count}`, uuid, power: 'running', ...server, id }),
      },
    ]);
    return id;
  };
  /** A pending signal in the change is one that the user sends now. */
  const patch = (serverId: string, change: ServerPatch): void => {
    if (change.pending) sent.sent(serverId, change.pending.signal);
    store.apply([{ kind: 'server-patched', serverId, patch: change }]);
  };
  const crash = (serverId: string): void =>
    patch(serverId, {
      crashedAt: clock.now(),
      power: 'offline',
      crash: { exitCode: 1, outOfMemory: false },
    });
  const giveUp = (serverId: string): void =>
    patch(serverId, { crash: { exitCode: 1, outOfMemory: false, isGivenUp: true } });
  const up = (serverId: string): void =>
    patch(serverId, { crashedAt: null, crash: null, pending: null, power: 'running' });
  return {
    facts,
    clock,
    store,
    told,
    withdrawn,
    settings,
    alerts,
    add,
    patch,
    crash,
    giveUp,
    up,
    words: () => told.map(({ title, body }) => `${spoken(title)} | ${spoken(body)}`),
    titles: () => told.map(({ title }) => spoken(title)),
  };
}
