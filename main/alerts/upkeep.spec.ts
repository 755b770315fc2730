import { describe, expect, it, vi } from 'vitest';
import type { AlertRule } from '../../bridge/schema/alerts.js';
import { anAccount, aServer, someSettings } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { alertWishes } from '../../tests/support/a-notifier.js';
import { FleetStore } from '../fleet/store.js';
import { Upkeep } from './upkeep.js';

const rule = (scope: AlertRule['scope'], snoozedUntil: AlertRule['snoozedUntil']): AlertRule => ({
  scope,
  switches: {},
  isMuted: false,
  snoozedUntil,
});
const server = { kind: 'server', id: 'home/1' } as const;
const panel = { kind: 'panel', id: 'home' } as const;
const group = { kind: 'group', id: 'g' } as const;

function rig(rules: AlertRule[], isGroupThere = true) {
  const clock = new FakeClock();
  const store = new FleetStore();
  const groups = isGroupThere ? [{ id: 'g', name: 'G', isCollapsed: false, serverIds: ['home/1'] }] : [];
  const settings = alertWishes({ groups, alerts: { ...someSettings().alerts, rules } });
  const upkeep = new Upkeep({ clock, store, settings });
  upkeep.start();
  const known = (power: 'running' | 'offline' | null): void =>
    store.apply([
      { kind: 'account-upserted', account: anAccount({ state: { kind: 'loading' } }) },
      { kind: 'server-upserted', server: aServer({ id: 'home/1', power }) },
    ]);
  return { clock, store, settings, upkeep, known, rules: () => settings.current.alerts.rules };
}

describe('Upkeep', () => {
  it.each([server, group])('ends the snooze of a $kind when it runs, and not before', async (scope) => {
    const { clock, store, known, rules } = rig([rule(scope, 'back')]);
    for (const power of [null, 'offline'] as const) {
      known(power);
      await clock.advance(1000);
      expect(rules()).toHaveLength(1);
    }
    store.apply([{ kind: 'server-patched', serverId: 'home/1', patch: { power: 'running' } }]);
    await clock.advance(1000);
    expect(rules()).toEqual([]);
  });

  it('ends the snooze of a panel when it answers', async () => {
    const { clock, store, known, rules } = rig([rule(panel, 'back')]);
    known('running');
    await clock.advance(1000);
    expect(rules()).toHaveLength(1);
    store.apply([{ kind: 'account-upserted', account: anAccount() }]);
    await clock.advance(1000);
    expect(rules()).toEqual([]);
  });

  it('removes an expired part of a rule, and keeps the rest', async () => {
    const clock = new FakeClock();
    const muted = { ...rule(panel, clock.wall() + 60_000), isMuted: true };
    const { clock: own, known, rules } = rig([rule(server, clock.wall() + 60_000), muted]);
    await own.advance(59_000);
    known('offline');
    await own.advance(500);
    expect(rules()).toHaveLength(2);
    await own.advance(1000);
    known(null);
    await own.advance(1000);
    expect(rules()).toEqual([{ ...muted, snoozedUntil: null }]);
  });

  it('drops the rule of a group that is gone', async () => {
    const { clock, rules } = rig([{ ...rule(group, null), isMuted: true }], false);
    await clock.advance(1000);
    expect(rules()).toEqual([]);
  });

  it('tries again after a write that failed, once a minute', async () => {
    const { clock, settings, known, rules } = rig([rule(server, 'back')]);
    const { update } = settings;
    let asked = 0;
    settings.update = () => {
      asked += 1;
      return Promise.reject(new Error('The disk is full.'));
    };
    known('running');
    await clock.advance(59_000);
    known('running');
    expect(asked).toBe(1);
    settings.update = update;
    await clock.advance(3000);
    expect(rules()).toEqual([]);
  });

  it('tries again a minute after a failed write, without a further change', async () => {
    const { clock, settings, known, rules } = rig([rule(server, 'back')]);
    const { update } = settings;
    settings.update = () => Promise.reject(new Error('The disk is full.'));
    known('running');
    await clock.advance(1000);
    settings.update = update;
    await clock.advance(59_000);
    expect(rules()).toHaveLength(1);
    await clock.advance(1000);
    expect(rules()).toEqual([]);
  });

  it('writes no settings if no rule has expired', async () => {
    const { clock, settings, known } = rig([{ ...rule(panel, null), isMuted: true }, rule(server, 'back')]);
    const update = vi.spyOn(settings, 'update');
    known('offline');
    await clock.advance(1000);
    expect(update).not.toHaveBeenCalled();
    expect(clock.pending).toBe(0);
  });

  it('ends the snooze of a group with the last of its servers, independent of other groups', async () => {
    const { clock, store, settings, known, rules } = rig([rule(group, 'back')]);
    const other = { id: 'other', name: 'Other', isCollapsed: false, serverIds: [] };
    const held = { id: 'g', name: 'G', isCollapsed: false, serverIds: ['home/1', 'home/2', 'home/gone'] };
    settings.current = { ...settings.current, groups: [other, held] };
    store.apply([
      { kind: 'account-upserted', account: anAccount() },
      { kind: 'server-upserted', server: aServer({ id: 'home/2', power: 'offline' }) },
    ]);
    known('running');
    await clock.advance(1000);
    expect(rules()).toHaveLength(1);
    store.apply([{ kind: 'server-patched', serverId: 'home/2', patch: { power: 'running' } }]);
    await clock.advance(1000);
    expect(rules()).toEqual([]);
  });

  it('drops the rule of a group that is gone while there are others', async () => {
    const other = { kind: 'group', id: 'other' } as const;
    const { clock, rules } = rig(
      [rule(group, null), rule(other, null)].map((of) => ({ ...of, isMuted: true })),
    );
    await clock.advance(1000);
    expect(rules().map(({ scope }) => scope)).toEqual([group]);
  });

  it('ends a snooze at its time', async () => {
    const clock = new FakeClock();
    const { clock: own, rules, known } = rig([rule(server, clock.wall() + 1000)]);
    await own.advance(1000);
    known('offline');
    await own.advance(500);
    expect(rules()).toEqual([]);
  });

  it('writes no settings after the stop', async () => {
    const { clock, settings, upkeep, known } = rig([rule(server, 'back')]);
    const update = vi.spyOn(settings, 'update');
    known('running');
    upkeep.stop();
    known('running');
    await clock.advance(60_000);
    expect(update).not.toHaveBeenCalled();
    expect(clock.pending).toBe(0);
  });
});
