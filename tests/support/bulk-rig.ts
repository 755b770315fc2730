import type { ServerPatch } from '../../bridge/fleet/changes.js';
import type { Backup } from '../../bridge/schema/backups.js';
import type { BulkAction, BulkRun } from '../../bridge/schema/bulk.js';
import type { PowerState, Server } from '../../bridge/schema/domain.js';
import type { PerchError } from '../../bridge/errors.js';
import { BulkPower } from '../../main/actions/many/bulk-power.js';
import { FleetStore } from '../../main/fleet/store.js';
import { aServer, someMemory, someSettings } from './entities.js';
import { FakeClock } from './fake-clock.js';
import { HeldFields } from './held-fields.js';
import { FakeLog } from './fake-log.js';

export const at = (index: number): string => `home/${index}`;

/** Bulk actions on servers whose nodes accept each power signal, unless the test holds the answer back. */
export function bulkRig(servers: Partial<Server>[], bulkPauseMs = 2000) {
  const clock = new FakeClock();
  const store = new FleetStore();
  store.apply(
    servers.map((fields, index) => ({
      kind: 'server-upserted' as const,
      server: aServer({ id: at(index), name: `Server ${index}`, ...fields }),
    })),
  );
  /** Servers that a power signal was sent to; `sent` = signals that were accepted. */
  const asked: string[] = [];
  const sent: string[] = [];
  const refused = new Map<string, PerchError>();
  const held = new Map<string, Promise<PerchError>>();
  /** Panel's answer for servers whose state is read before the signal. */
  const read = new Map<string, PowerState | PerchError>();
  /** Servers whose state was read; `turns` = servers that waited for their turn. */
  const looked: string[] = [];
  const turns: string[] = [];
  const noTurn = new Map<string, PerchError>();
  /** Runs in their state at the end. */
  const ended: BulkRun[] = [];
  /** Ends a running backup of a server with an error. */
  const failing = new Map<string, (error: PerchError) => void>();
  /** Running backups: ends the backup of a server. */
  const backups = new Map<string, (backup: Backup | null) => void>();
  const settings = { current: someSettings({ bulkPauseMs }) };
  const memory = new HeldFields(someMemory());
  const bulk = new BulkPower({
    store,
    clock,
    log: new FakeLog(),
    settings,
    memory,
    refresh: async (serverId) => {
      looked.push(serverId);
      const answer = read.get(serverId);
      if (answer === undefined) return;
      if (typeof answer !== 'string') throw answer;
      store.apply([{ kind: 'server-patched', serverId, patch: { power: answer } }]);
    },
    turn: async (serverId) => {
      const error = noTurn.get(serverId);
      if (error !== undefined) throw error;
      turns.push(serverId);
    },
    sendPower: async (serverId, signal) => {
      asked.push(serverId);
      const error = refused.get(serverId) ?? (await held.get(serverId));
      if (error !== undefined) throw error;
      sent.push(`${signal} ${serverId}`);
      store.apply([{ kind: 'server-patched', serverId, patch: { pending: { signal, since: clock.now() } } }]);
    },
    backUp: async (serverId, quietly) => {
      asked.push(serverId);
      const error = refused.get(serverId);
      if (error !== undefined) throw error;
      sent.push(`${quietly ? 'quietly ' : ''}back-up ${serverId}`);
      const ended = new Promise<Backup | null>((resolve, reject) => {
        backups.set(serverId, resolve);
        failing.set(serverId, reject);
      });
      return { ended, stop: () => void backups.delete(serverId) };
    },
    tellPlayers: async (serverId, text) => {
      asked.push(serverId);
      const error = refused.get(serverId);
      if (error !== undefined) throw error;
      sent.push(`${text} ${serverId}`);
    },
    copySchedule: async (serverId, { wanted }) => {
      asked.push(serverId);
      const error = refused.get(serverId);
      if (error !== undefined) throw error;
      sent.push(`${wanted.fields.name} ${serverId}`);
    },
    setAccess: async (serverId, { email, permissions }) => {
      asked.push(serverId);
      const error = refused.get(serverId);
      if (error !== undefined) throw error;
      sent.push(`${permissions === null ? 'take' : 'give'} ${email} ${serverId}`);
    },
    newId: () => 'run',
    onEnded: (run) => ended.push(run),
  });
  const reach = async (index: number, power: Server['power'], more: ServerPatch = {}): Promise<void> => {
    store.apply([{ kind: 'server-patched', serverId: at(index), patch: { power, pending: null, ...more } }]);
    await clock.advance(0);
  };
  /** Holds the node's answer for this server; returns the function that rejects the call. */
  const hold = (serverId: string): ((error: PerchError) => void) => {
    let answer: (error: PerchError) => void = () => undefined;
    held.set(serverId, new Promise((resolve) => (answer = resolve)));
    return (error) => answer(error);
  };
  const outcomes = (): string[] => (bulk.current?.items ?? []).map(({ outcome }) => outcome);
  const start = (action: BulkAction, waitsForEach = false, quietly = false, text?: string): void =>
    bulk.start(
      servers.map((_server, index) => at(index)),
      action,
      { waitsForEach, quietly, text },
    );
  return {
    asked,
    backups,
    bulk,
    clock,
    ended,
    failing,
    hold,
    looked,
    memory,
    noTurn,
    outcomes,
    reach,
    read,
    refused,
    sent,
    settings,
    start,
    store,
    turns,
  };
}

export const running = { power: 'running' } as const;
export const offline = { power: 'offline' } as const;
