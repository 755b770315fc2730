import { describe, expect, it } from 'vitest';
import type { ActivityEntry } from '../../../bridge/schema/activity.js';
import { anEvent } from '../../../tests/support/history-events.js';
import { linesOfOthers } from './lines-of-others.js';

const hour = 3_600_000;
const noon = 12 * hour;
const me = { kind: 'me', bulk: false } as const;

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
  events: Parameters<typeof linesOfOthers>[1] = [],
  choice: Partial<Parameters<typeof linesOfOthers>[2]> = {},
): string[] =>
  linesOfOthers(entries, events, { user: 'olive', from: 0, ...choice }).map(({ event }) => event);

describe('linesOfOthers', () => {
  it('has what others did, and what the user did at the panel itself', () => {
    const entries = [
      entry('server:settings.rename'),
      entry('server:startup.image', { by: 'olive' }),
      entry('server:file.write', { by: null }),
    ];
    expect(named(entries)).toEqual(entries.map(({ event }) => event));
  });

  it('leaves out what the keys of the user did, and each file that somebody read', () => {
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

  it('says a stop once: Perch saw it, or the panel tells it', () => {
    const stop = entry('server:power.stop');
    const seen = (at: number) => [anEvent({ at, what: { kind: 'stopped', by: me, isKill: false } })];
    expect(named([stop], seen(noon + 90_000))).toEqual([]);
    expect(named([stop], seen(noon - 90_000))).toEqual([]);
    expect(named([stop], seen(noon + hour))).toEqual(['server:power.stop']);
    expect(named([entry('server:crashed')], seen(noon))).toEqual([]);
  });

  it('knows the end of an event that lasted', () => {
    const slow = anEvent({ at: noon - hour, endedAt: noon, what: { kind: 'slow-start', minutes: 5 } });
    expect(named([entry('server:power.kill')], [slow])).toEqual([]);
  });

  it('says a backup once, however long it took, by its name', () => {
    const event = anEvent({ at: noon + hour, what: { kind: 'backup', isSuccessful: true, name: 'Nightly' } });
    const of = (name: string) => entry('server:backup.start', { properties: { name } });
    expect(named([of('Nightly')], [event])).toEqual([]);
    expect(named([of('Other')], [event])).toEqual(['server:backup.start']);
    const unnamed = anEvent({ at: noon + 60_000, what: { kind: 'backup', isSuccessful: true } });
    expect(named([of('Nightly')], [unnamed])).toEqual([]);
  });

  it('has each act on a backup that no event tells', () => {
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
