import { describe, expect, it } from 'vitest';
import { anEvent } from '../../tests/support/history-events.js';
import type { ActivityEntry } from '../schema/activity.js';
import type { Actor } from '../schema/event-actor.js';
import type { Happening } from '../schema/events.js';
import { mergeActivity } from './merge-activity.js';

const hour = 3_600_000;
const noon = 12 * hour;
const me = { kind: 'me', bulk: false } as const;
const anna = { kind: 'person', name: 'anna' } as const;

const entry = (event: string, fields: Partial<ActivityEntry> = {}): ActivityEntry => ({
  id: event,
  at: noon,
  event,
  by: 'anna',
  isApi: false,
  ip: null,
  properties: {},
  ...fields,
});
const named = (
  entries: readonly ActivityEntry[],
  events: Parameters<typeof mergeActivity>[1] = [],
  { user = 'olive', from = 0 }: { readonly user?: string | null; readonly from?: number } = {},
): string[] => {
  const users = new Set(user === null ? [] : [user]);
  return mergeActivity(entries, events, { users, from }).others.map(({ event }) => event);
};

describe('mergeActivity', () => {
  it('has the acts of others, and the user’s acts at the panel itself', () => {
    const entries = [
      entry('server:settings.rename'),
      entry('server:startup.image', { by: 'olive' }),
      entry('server:file.write', { by: null }),
    ];
    expect(named(entries)).toEqual(entries.map(({ event }) => event));
  });

  it('leaves out acts through the user’s keys, and single reads of files', () => {
    expect(
      named([entry('server:file.write', { by: 'olive', isApi: true }), entry('server:file.read')]),
    ).toEqual([]);
    expect(named([entry('server:file.write', { by: 'anna', isApi: true })])).toHaveLength(1);
  });

  it('leaves out commands and power actions of the user, which Perch sends over the socket', () => {
    const typed = entry('server:console.command', { by: 'olive' });
    expect(named([typed, entry('server:power.start', { by: 'olive' })])).toEqual([]);
    expect(named([typed], [], { user: null })).toEqual(['server:console.command']);
    expect(named([entry('server:console.command', { by: null })], [], { user: null })).toHaveLength(1);
  });

  it('lists a stop once: seen by Perch, or reported by the panel', () => {
    const stop = entry('server:power.stop');
    const seen = (at: number) => [anEvent({ at, what: { kind: 'stopped', by: anna, isKill: false } })];
    expect(named([stop], seen(noon + 90_000))).toEqual([]);
    expect(named([stop], seen(noon - 90_000))).toEqual([]);
    expect(named([stop], seen(noon + hour))).toEqual(['server:power.stop']);
    expect(named([{ ...stop, by: null }], seen(noon))).toEqual([]);
    expect(named([entry('server:crashed')], seen(noon))).toEqual([]);
  });

  it('keeps a power action beside an event that does not include it', () => {
    const stop = entry('server:power.stop');
    const kept: [Happening, string][] = [
      // Perch stopped the server, and so did anna.
      [{ kind: 'stopped', by: me, isKill: false }, 'server:power.stop'],
      [{ kind: 'stopped', by: { kind: 'person', name: 'bob' }, isKill: false }, 'server:power.stop'],
      // Anna may have started the server after a crash, or killed a server that looked crashed.
      [{ kind: 'crashed', exitCode: 1, outOfMemory: false, aftermath: 'up' }, 'server:power.start'],
      [{ kind: 'slow-start', minutes: 5 }, 'server:power.kill'],
      [{ kind: 'started', by: anna, upAt: null }, 'server:power.stop'],
    ];
    for (const [what, act] of kept) {
      const event = anEvent({ at: noon, endedAt: noon, what });
      expect(named([{ ...stop, event: act }], [event])).toEqual([act]);
    }
  });

  it('gives an event without a name the person of the act nearest to it', () => {
    const stopped = (by: Actor) => anEvent({ at: noon, what: { kind: 'stopped', by, isKill: false } });
    const acts = [
      entry('server:power.kill', { id: 'bob', by: 'bob', at: noon - 60_000 }),
      entry('server:power.stop', { id: 'anna', at: noon - 2000 }),
    ];
    const told = (by: Actor, entries: readonly ActivityEntry[] = acts) => {
      const { events, others } = mergeActivity(entries, [stopped(by)], {
        users: new Set(['olive']),
        from: 0,
      });
      return [events.map(({ what }) => 'by' in what && what.by), others.map((other) => other.by)];
    };
    expect(told({ kind: 'unknown' })).toEqual([[anna], ['bob']]);
    expect(told({ kind: 'unknown', isUnnamed: true })).toEqual([[anna], ['bob']]);
    expect(told(me)).toEqual([[me], ['bob', 'anna']]);
    // A stop cannot be what ended the server a minute and a half before.
    const late = entry('server:power.stop', { at: noon + 90_000 });
    expect(told({ kind: 'unknown' }, [late])).toEqual([[{ kind: 'unknown' }], ['anna']]);
    // The user at the panel's own page.
    const own = entry('server:power.stop', { by: 'olive', at: noon - 2000 });
    expect(told({ kind: 'unknown' }, [own])).toEqual([[{ kind: 'person', name: 'olive' }], []]);
  });

  it('explains a time that Perch did not see, if it was short', () => {
    const gone = (from: number) => [anEvent({ at: noon, what: { kind: 'went-offline', from, by: anna } })];
    const stop = entry('server:power.stop', { at: noon - 9 * 60_000 });
    expect(named([stop], gone(noon - 9.5 * 60_000))).toEqual([]);
    expect(named([stop], gone(noon - hour))).toEqual(['server:power.stop']);
  });

  it('says the run of a schedule once, by its name and person', () => {
    const by: Actor = { kind: 'schedule', name: 'Nightly', by: 'anna' };
    const restarted = [anEvent({ at: noon + 20_000, what: { kind: 'restarted', by } })];
    const run = (name: string, who = 'anna') =>
      entry('server:schedule.execute', { by: who, properties: { name } });
    expect(named([run('Nightly')], restarted)).toEqual([]);
    expect(named([run('Hourly')], restarted)).toHaveLength(1);
    expect(named([run('Nightly', 'bob')], restarted)).toHaveLength(1);
  });

  it('has the backup of another person with the same name, and names who made one', () => {
    const start = entry('server:backup.start', { properties: { name: 'Nightly' } });
    const backup = (by?: Actor) =>
      anEvent({
        at: noon + hour,
        what: { kind: 'backup', isSuccessful: true, name: 'Nightly', ...(by === undefined ? {} : { by }) },
      });
    expect(named([start], [backup(me)])).toEqual(['server:backup.start']);
    expect(named([start], [backup(anna)])).toEqual([]);
    const { events, others } = mergeActivity([start], [backup()], { users: new Set(), from: 0 });
    expect([events[0]?.what, others]).toEqual([expect.objectContaining({ by: anna }), []]);
  });

  it('says a backup once, however long it took, by its name', () => {
    const event = anEvent({ at: noon + hour, what: { kind: 'backup', isSuccessful: true, name: 'Nightly' } });
    const of = (name: string) => entry('server:backup.start', { properties: { name } });
    expect(named([of('Nightly')], [event])).toEqual([]);
    expect(named([of('Other')], [event])).toEqual(['server:backup.start']);
    const unnamed = anEvent({ at: noon + 60_000, what: { kind: 'backup', isSuccessful: true } });
    expect(named([of('Nightly')], [unnamed])).toEqual([]);
  });

  it('has each act on a backup without an event', () => {
    const about = { name: 'Nightly' };
    const entries = ['start', 'complete', 'delete', 'download', 'lock', 'unlock', 'rename', 'restore'].map(
      (act) => entry(`server:backup.${act}`, { properties: about }),
    );
    const untold = (what: Parameters<typeof anEvent>[0]) =>
      named(entries, [anEvent({ at: noon, ...what })]).map((event) => event.slice('server:backup.'.length));
    const always = ['download', 'lock', 'unlock', 'rename'];
    expect(untold({ what: { kind: 'backup', isSuccessful: true, ...about } })).toEqual([
      'delete',
      ...always,
      'restore',
    ]);
    expect(untold({ what: { kind: 'backup', isSuccessful: false, isDeleted: true, ...about } })).toEqual([
      ...always,
      'restore',
    ]);
    expect(untold({ what: { kind: 'backup-deleted', ...about } })).toEqual([
      'start',
      'complete',
      ...always,
      'restore',
    ]);
    expect(untold({ what: { kind: 'restored', ...about } })).toEqual([
      'start',
      'complete',
      'delete',
      ...always,
    ]);
  });

  it('ends where the events that were read end', () => {
    const old = entry('server:settings.rename', { at: noon - 1 });
    expect(named([old], [], { from: noon })).toEqual([]);
    expect(named([old], [], { from: noon - 1 })).toHaveLength(1);
  });
});
