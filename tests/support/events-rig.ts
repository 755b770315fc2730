import type { ServerPatch } from '../../bridge/fleet/changes.js';
import type { Account, Server } from '../../bridge/schema/domain.js';
import { EventLog, sortedIds } from '../../main/events/event-log.js';
import { Events } from '../../main/events/events.js';
import type { LimitRules } from '../../main/events/limit-watch.js';
import { Emitter } from '../../main/base/emitter.js';
import type { BackupOrigin, ReportedFact } from '../../main/base/server-fact.js';
import type { PanelActivity } from '../../main/fleet/api.js';
import { FleetStore } from '../../main/fleet/store.js';
import { anAccount, aServer } from './entities.js';
import { FakeClock } from './fake-clock.js';
import { someSignals } from './sent-signals.js';

/** Event log of one panel's servers, and a store to change them in. The panel has not been read yet. */
export function anEventsRig({
  slowStartMinutes = 10,
  limits = {},
}: { slowStartMinutes?: number; limits?: LimitRules } = {}) {
  const clock = new FakeClock();
  const store = new FleetStore();
  const log = new EventLog(clock, sortedIds('test'));
  const facts = new Emitter<ReportedFact>();
  const bulk = new Set<string>();
  const programs = new Map<string, string>();
  /** Activity that the panel lists; null = the key may not read it. */
  const listed: { activity: readonly PanelActivity[] | null } = { activity: [] };
  /** What Perch did itself, by the id of a backup; a restoration by the id of its server. */
  const origins = new Map<string, BackupOrigin>();
  const sent = someSignals(clock, store, (id) => ({
    bulk: bulk.has(id),
    ...(programs.has(id) ? { program: programs.get(id) } : {}),
  }));
  const events = new Events({
    store,
    clock,
    log,
    facts,
    activityOf: async () => listed.activity,
    backups: {
      originOf: (_serverId, id) => origins.get(id) ?? {},
      takeRestoration: (serverId) => origins.get(serverId) ?? null,
    },
    sent,
    slowStartMinutes: () => slowStartMinutes,
    limitsOf: () => limits,
  });
  events.start();
  const tell = (fields: Partial<Account> = {}): void =>
    store.apply([{ kind: 'account-upserted', account: anAccount(fields) }]);
  tell({ state: { kind: 'loading' } });
  let count = 0;
  /** Adds a server to the list. After the account is ready, this counts as a new server. */
  const addServer = (fields: Partial<Server> = {}): string => {
    const id = fields.id ?? `home/${++count}`;
    const [, uuid = ''] = id.split('/');
    const server = aServer({ name: `Server ${count}`, uuid, ...fields, id });
    store.apply([{ kind: 'server-upserted', server }]);
    return id;
  };
  /** A pending signal among the fields is one that the user sends now. */
  const patch = (serverId: string, fields: ServerPatch): void => {
    if (fields.pending) sent.sent(serverId, fields.pending.signal);
    store.apply([{ kind: 'server-patched', serverId, patch: fields }]);
  };
  return { clock, store, sent, log, facts, listed, origins, bulk, programs, events, tell, addServer, patch };
}
