import { describe, expect, it } from 'vitest';
import type { Actor } from '../schema/event-actor.js';
import type { HistoryEvent } from '../schema/events.js';
import { aBackup, aRunningBackup } from '../../tests/support/fake-backups.js';
import { madeBy, underRule } from './backup-maker.js';

const minute = 60_000;
const server = 'home/u0';
const anna: Actor = { kind: 'person', name: 'anna' };
const bert: Actor = { kind: 'person', name: 'bert' };
const me: Actor = { kind: 'me', bulk: false };
const unknown = { maker: 'unknown', by: null };

interface End {
  readonly backupId?: string;
  readonly name?: string;
  readonly by?: Actor;
}

function ended(end: End, at: number, serverId = server): HistoryEvent {
  const what = { kind: 'backup', isSuccessful: true, ...end } as const;
  return { id: `${at}`, accountId: 'home', serverId, server: 'Survival', panel: 'Home', at, what };
}

describe('who made a backup', () => {
  const backup = aBackup('b1', { name: 'Nightly', completedAt: 50 * minute });
  const of = (events: readonly HistoryEvent[], byRule: readonly string[] = [], one = backup) =>
    madeBy(server, one, { byRule, events });

  it('is certain by its id, at any time and under any name', () => {
    const end = ended({ backupId: 'b1', name: 'Before it was renamed', by: anna }, 900 * minute);
    const other = ended({ backupId: 'b2', name: 'Nightly', by: bert }, 50 * minute);
    expect(of([other, end])).toEqual({ maker: 'person', by: anna });
    expect(of([other])).toEqual(unknown);
  });

  it('is Perch by a rule, as this computer remembers it or the event says it', () => {
    expect(of([], ['b1'])).toEqual({ maker: 'rule', by: null });
    const end = ended({ backupId: 'b1', by: { ...me, rule: true } }, 50 * minute);
    expect(of([end])).toEqual({ maker: 'rule', by: null });
    expect(of([ended({ backupId: 'b1', by: me }, 0)])).toEqual({ maker: 'person', by: me });
  });

  it('is a schedule or a person where the panel says so', () => {
    expect(of([], [], { ...backup, bySchedule: true })).toEqual({ maker: 'schedule', by: null });
    expect(of([], [], { ...backup, bySchedule: false })).toEqual({ maker: 'person', by: null });
    expect(of([])).toEqual(unknown);
  });

  it('comes from name and time only if the event names no id', () => {
    expect(of([ended({ name: 'Nightly', by: anna }, 50 * minute + 500)]).by).toEqual(anna);
    const others = [
      ended({ name: 'Nightly', by: anna }, 50 * minute, 'home/u1'),
      ended({ name: 'Daily', by: anna }, 50 * minute),
      ended({ name: 'Nightly', by: anna }, 80 * minute),
    ];
    expect(of(others)).toEqual(unknown);
    expect(of(others, [], aRunningBackup('b1', { name: 'Nightly' }))).toEqual(unknown);
  });

  it('is unknown if two events fit and differ', () => {
    const two = [anna, bert].map((by) => ended({ name: 'Nightly', by }, 50 * minute));
    expect(of(two)).toEqual(unknown);
  });
});

it('no rule deletes a backup whose time nobody can read', () => {
  const clues = { byRule: ['b1'], events: [] };
  const known = { id: 'b1', state: 'good', createdAt: 5, locked: false, maker: 'rule' };
  expect(underRule(server, aBackup('b1', { createdAt: 5 }), clues)).toEqual(known);
  const undated = underRule(server, aBackup('b1', { createdAt: null }), clues);
  expect(undated).toEqual({ ...known, createdAt: 0, locked: true });
});
