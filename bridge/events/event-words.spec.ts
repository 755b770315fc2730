import { describe, expect, it } from 'vitest';
import { sentence, type Sentence } from '../../messages/messages.js';
import { anEvent } from '../../tests/support/history-events.js';
import type { Actor } from '../schema/event-actor.js';
import type { Happening } from '../schema/events.js';
import { stretchOfTime } from '../text/time-of-day.js';
import { crashCause, eventHow, eventTitle, shortName } from './event-words.js';

const at = 1_700_000_000_000;
const from = at - 60_000;
const times = stretchOfTime(from, at);
const server = 'Survival';
const me: Actor = { kind: 'me', bulk: false };
const anna: Actor = { kind: 'person', name: 'anna' };
const nightly: Actor = { kind: 'schedule', name: 'Nightly', by: null };
const somebody: Actor = { kind: 'unknown' };
const unnamed: Actor = { kind: 'unknown', isUnnamed: true };
const crash = { kind: 'crashed', exitCode: 137, outOfMemory: false, aftermath: 'open' } as const;
const exit = sentence('events.exit-code', { code: 137 });
const down = { kind: 'went-offline', from } as const;
const kicked = { kind: 'player-act', verb: 'kick', player: 'Anna', by: { kind: 'me', bulk: false } } as const;
const told = {
  kind: 'broadcast',
  text: 'Hello',
  servers: 1,
  failed: 0,
  by: { kind: 'me', bulk: false },
} as const;
const byMe = (how: Sentence): Sentence =>
  sentence('events.how-and-who', { how, who: sentence('events.by-me') });
const stopped = { kind: 'stopped', isKill: false } as const;
const backup = { kind: 'backup', isSuccessful: true } as const;

const wordsOf = (what: Happening): Sentence[] => {
  const event = anEvent({ at, server, panel: 'Home', what });
  return [eventTitle(event), eventHow(event)];
};

describe('the title and the details of an event', () => {
  it.each<[Happening, Sentence, Sentence]>([
    [crash, sentence('events.crashed', { server }), exit],
    [
      { ...crash, aftermath: 'stays-down' },
      sentence('events.stays-down', { server }),
      sentence('events.crash-and-then', { how: exit, then: sentence('events.then-down') }),
    ],
    [down, sentence('events.went-offline', { server }), sentence('events.unseen-offline', times)],
    [
      { kind: 'restart-failed', by: me, isPanelAway: false },
      sentence('events.restart-failed', { server }),
      sentence('events.restart-failed-how'),
    ],
    [
      { kind: 'restart-failed', by: me, isPanelAway: true },
      sentence('events.restart-failed', { server }),
      sentence('events.restart-failed-panel'),
    ],
    [
      { kind: 'slow-start', minutes: 10 },
      sentence('events.slow-start', { server }),
      sentence('events.slow-start-how', { minutes: 10 }),
    ],
    [
      { kind: 'limit', of: 'disk', percent: 95 },
      sentence('events.limit-disk', { server }),
      sentence('events.limit-disk-how', { percent: 95 }),
    ],
    [
      { kind: 'node-unreachable', node: 'Node 1', servers: 2 },
      sentence('events.node-unreachable', { node: 'Node 1' }),
      sentence('events.node-unreachable-how', { servers: 2 }),
    ],
    [
      { kind: 'panel-unreachable', isFromStart: false },
      sentence('events.panel-unreachable', { panel: 'Home' }),
      sentence('events.panel-unreachable-how'),
    ],
    [
      { kind: 'key-refused' },
      sentence('events.key-refused', { panel: 'Home' }),
      sentence('events.key-refused-how'),
    ],
    [
      { kind: 'certificate', host: 'panel.example.com' },
      sentence('events.certificate', { panel: 'Home' }),
      sentence('events.certificate-how', { host: 'panel.example.com' }),
    ],
    [
      { kind: 'transferred', from: 'Node 1', to: 'Node 2' },
      sentence('events.transferred', { server }),
      sentence('events.transferred-how', { from: 'Node 1', to: 'Node 2' }),
    ],
    [backup, sentence('events.backup-completed', { server }), sentence('events.backup-completed-how')],
    [
      { ...backup, isSuccessful: false },
      sentence('events.backup-failed', { server }),
      sentence('events.backup-failed-how'),
    ],
    [
      { ...backup, isSuccessful: false, isDeleted: true },
      sentence('events.backup-deleted', { server }),
      sentence('events.backup-deleted-how'),
    ],
    [
      { ...backup, name: 'Nightly', by: anna },
      sentence('events.backup-completed', { server }),
      sentence('events.how-and-who', {
        how: sentence('events.of-backup', { name: 'Nightly', how: sentence('events.backup-completed-how') }),
        who: sentence('events.by-person', { name: 'anna' }),
      }),
    ],
    [
      { kind: 'copy-failed', differs: true, name: 'Nightly' },
      sentence('events.copy-failed', { server }),
      sentence('events.of-backup', { name: 'Nightly', how: sentence('events.copy-differs-how') }),
    ],
    [
      { kind: 'copy-failed', differs: false },
      sentence('events.copy-failed', { server }),
      sentence('events.copy-failed-how'),
    ],
    [
      { kind: 'files-copied', by: me },
      sentence('events.files-copied', { server }),
      sentence('events.how-and-who', {
        how: sentence('events.files-copied-how'),
        who: sentence('events.by-me'),
      }),
    ],
    [
      { kind: 'backup-deleted', by: me },
      sentence('events.backup-removed', { server }),
      sentence('events.how-and-who', {
        how: sentence('events.backup-removed-how'),
        who: sentence('events.by-me'),
      }),
    ],
    [
      { kind: 'rule-stopped', why: 'changed', by: { ...me, rule: true } },
      sentence('events.rule-stopped', { server }),
      sentence('events.how-and-who', {
        how: sentence('events.rule-stopped-changed'),
        who: sentence('events.by-rule'),
      }),
    ],
    [
      { ...kicked, outcome: 'done', text: 'be nice', line: 'Kicked Anna: be nice' },
      sentence('events.player-kick', { player: 'Anna', server }),
      byMe(
        sentence('events.how-and-who', {
          how: sentence('events.player-act-reason', { text: 'be nice' }),
          who: sentence('events.player-act-line', { line: 'Kicked Anna: be nice' }),
        }),
      ),
    ],
    [
      { ...kicked, outcome: 'no-answer' },
      sentence('events.player-act-unsure', {
        title: sentence('events.player-kick', { player: 'Anna', server }),
      }),
      byMe(sentence('events.player-act-silent')),
    ],
    [
      { ...kicked, outcome: 'no-player', line: 'No player was found' },
      sentence('events.player-act-refused', {
        title: sentence('events.player-kick', { player: 'Anna', server }),
      }),
      byMe(sentence('events.player-act-line', { line: 'No player was found' })),
    ],
    [
      { ...told, servers: 3, failed: 2 },
      sentence('events.broadcast', { server, others: 2 }),
      byMe(
        sentence('events.how-and-who', {
          how: sentence('events.broadcast-text', { text: 'Hello' }),
          who: sentence('events.broadcast-failed', { count: 2 }),
        }),
      ),
    ],
    [
      { ...told, outcome: 'done', line: '[Server] Hello' },
      sentence('events.broadcast', { server, others: 0 }),
      byMe(
        sentence('events.how-and-who', {
          how: sentence('events.broadcast-text', { text: 'Hello' }),
          who: sentence('events.broadcast-shown'),
        }),
      ),
    ],
    [
      { ...told, outcome: 'refused', line: 'Unknown command' },
      sentence('events.player-act-refused', { title: sentence('events.broadcast', { server, others: 0 }) }),
      byMe(
        sentence('events.how-and-who', {
          how: sentence('events.broadcast-text', { text: 'Hello' }),
          who: sentence('events.player-act-line', { line: 'Unknown command' }),
        }),
      ),
    ],
    [{ kind: 'restored' }, sentence('events.restored', { server }), sentence('events.restored-how')],
    [
      { kind: 'restored', isSuccessful: true },
      sentence('events.restored', { server }),
      sentence('events.restore-worked-how'),
    ],
    [
      { kind: 'restored', isSuccessful: false, name: 'Nightly' },
      sentence('events.restore-failed', { server }),
      sentence('events.of-backup', { name: 'Nightly', how: sentence('events.restore-failed-how') }),
    ],
    [{ kind: 'suspended' }, sentence('events.suspended', { server }), sentence('events.suspended-how')],
    [
      { ...stopped, by: anna },
      sentence('events.stopped', { server }),
      sentence('events.stopped-by', { name: 'anna' }),
    ],
    [{ ...stopped, by: me, isKill: true }, sentence('events.killed', { server }), sentence('events.by-me')],
  ])('%j', (what, title, how) => {
    expect(wordsOf(what)).toEqual([title, how]);
  });

  it.each<[Actor, Sentence]>([
    [me, sentence('events.by-me')],
    [{ kind: 'me', bulk: true }, sentence('events.by-me-bulk')],
    [{ kind: 'me', bulk: false, program: 'bot' }, sentence('events.by-program', { program: 'bot' })],
    [nightly, sentence('events.by-schedule', { schedule: 'Nightly' })],
    [
      { kind: 'schedule', name: 'Nightly', by: 'anna' },
      sentence('events.by-schedule-of', { schedule: 'Nightly', name: 'anna' }),
    ],
    [anna, sentence('events.started-by', { name: 'anna' })],
    [somebody, sentence('events.by-somebody')],
    [unnamed, sentence('events.by-unnamed')],
  ])('name who started a server: %j', (by, how) => {
    expect(wordsOf({ kind: 'started', by, upAt: null })[1]).toEqual(how);
    if (by !== anna) expect(wordsOf({ kind: 'restarted', by })[1]).toEqual(how);
  });

  it.each<[Actor, Sentence]>([
    [anna, sentence('events.unseen-restarted-by', { ...times, name: 'anna' })],
    [
      nightly,
      sentence('events.unseen-by-schedule', {
        ...times,
        how: sentence('events.by-schedule', { schedule: 'Nightly' }),
      }),
    ],
    [somebody, sentence('events.unseen-restarted', times)],
    [unnamed, sentence('events.unseen-restarted-unnamed', times)],
  ])('name the time of a restart that nobody saw: %j', (by, how) => {
    expect(wordsOf({ kind: 'restarted', by, from })[1]).toEqual(how);
  });

  it('give the cause of a crash that the console names, before its exit code', () => {
    const memory = sentence('events.out-of-memory');
    const how = (more: Partial<Extract<Happening, { kind: 'crashed' }>>) => wordsOf({ ...crash, ...more })[1];
    expect(how({ reason: 'memory' })).toEqual(memory);
    expect(how({ reason: 'eula' })).toEqual(sentence('fixes.eula'));
    expect(how({ reason: 'mod-missing', about: 'jei' })).toEqual(
      sentence('fixes.mod-missing', { about: 'jei' }),
    );
    expect(crashCause({ outOfMemory: true, exitCode: 137 })).toEqual(memory);
    expect(crashCause({ outOfMemory: false, exitCode: null })).toEqual(sentence('events.ended'));
  });

  it('have hostile names in one short line', () => {
    expect(shortName(`a\nb${'c'.repeat(200)}`).length).toBeLessThanOrEqual(80);
    expect(shortName(`a\nb`)).not.toContain('\n');
    expect(shortName(null)).toBe('');
  });
});
