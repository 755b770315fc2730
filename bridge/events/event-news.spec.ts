import { describe, expect, it } from 'vitest';
import { anEvent } from '../../tests/support/history-events.js';
import type { AlertKind } from '../alerts/alert-kinds.js';
import type { Actor } from '../schema/event-actor.js';
import type { Happening } from '../schema/events.js';
import { newsKind, unseenNews } from './event-news.js';

const minute = 60_000;
/** Time of the events. */
const at = 30 * minute;
const me: Actor = { kind: 'me', bulk: false };
const anna: Actor = { kind: 'person', name: 'anna' };
const nightly: Actor = { kind: 'schedule', name: 'Nightly', by: null };
const unknown: Actor = { kind: 'unknown' };
const crash = { kind: 'crashed', exitCode: 1, outOfMemory: false } as const;

describe('the alert of an event', () => {
  it.each<[Happening, AlertKind | null]>([
    [{ ...crash, aftermath: 'open' }, 'crashed'],
    [{ ...crash, aftermath: 'stays-down' }, 'stays-down'],
    [{ kind: 'went-offline', from: at - 10 * minute }, 'crashed'],
    [{ kind: 'went-offline', from: at - 10 * minute - 1 }, null],
    [{ kind: 'went-offline', from: at, by: anna }, 'stopped'],
    [{ kind: 'went-offline', from: at, by: nightly }, 'stopped'],
    [{ kind: 'went-offline', from: at, by: unknown }, 'crashed'],
    [{ kind: 'restarted', by: unknown, from: at - 10 * minute }, 'crashed'],
    [{ kind: 'restarted', by: unknown, from: at - 10 * minute - 1 }, null],
    [{ kind: 'restarted', by: anna }, 'restarted'],
    [{ kind: 'restarted', by: me }, null],
    [{ kind: 'restarted', by: { ...me, emptyMinutes: 20 } }, 'when-empty'],
    [{ kind: 'stopped', by: { ...me, emptyMinutes: 20 }, isKill: false }, 'when-empty'],
    [{ kind: 'stopped', by: nightly, isKill: false }, 'stopped'],
    [{ kind: 'stopped', by: me, isKill: false }, null],
    [{ kind: 'started', by: anna, upAt: null }, 'started'],
    [{ kind: 'started', by: me, upAt: null }, null],
    [{ kind: 'restart-failed', by: me, isPanelAway: false }, 'stays-down'],
    [{ kind: 'slow-start', minutes: 10 }, 'slow-start'],
    [{ kind: 'suspended' }, 'suspended'],
    [{ kind: 'backup', isSuccessful: true }, 'backup'],
    [{ kind: 'backup', isSuccessful: false }, 'backup-failed'],
    [{ kind: 'backup', isSuccessful: false, by: { kind: 'me', bulk: false } }, 'backup-failed'],
    [{ kind: 'backup', isSuccessful: false, by: { kind: 'person', name: 'anna' } }, 'backup'],
    [{ kind: 'copy-failed', differs: true }, 'backup-failed'],
    [{ kind: 'files-copied' }, 'backup'],
    [{ kind: 'backup-deleted' }, null],
    [{ kind: 'rule-stopped', why: 'refused' }, null],
    [{ kind: 'backup', isSuccessful: false, isDeleted: true }, null],
    [{ kind: 'limit', of: 'disk', percent: 95 }, 'disk'],
    [{ kind: 'panel-unreachable', isFromStart: false }, 'outage'],
    [{ kind: 'panel-unreachable', isFromStart: true }, null],
    [{ kind: 'node-unreachable', node: 'Node 1', servers: 2 }, 'outage'],
    [{ kind: 'node-unreachable', node: 'Node 1', servers: 2, isFromStart: true }, null],
    [{ kind: 'key-refused' }, 'access'],
    [{ kind: 'certificate', host: 'panel.example.com' }, 'access'],
    [{ kind: 'installed' }, 'install'],
    [{ kind: 'install-failed' }, 'install'],
    [{ kind: 'restored' }, 'install'],
    [{ kind: 'transferred', from: 'Node 1', to: 'Node 2' }, 'roster'],
    [{ kind: 'added' }, 'roster'],
    [{ kind: 'removed' }, 'roster'],
  ])('%j: %s', (what, kind) => {
    expect(newsKind(anEvent({ at, what }))).toBe(kind);
  });

  it('counts as unseen from after the last look', () => {
    const stopped: Happening = { kind: 'stopped', by: me, isKill: false };
    const events = [
      anEvent({ at: 4 }),
      anEvent({ at: 3, what: stopped }),
      anEvent({ at: 2 }),
      anEvent({ at: 1 }),
    ];
    const timesSince = (seenAt: number) => unseenNews(events, seenAt).map((event) => event.at);
    expect([timesSince(0), timesSince(2), timesSince(4)]).toEqual([[4, 2, 1], [4], []]);
  });
});
