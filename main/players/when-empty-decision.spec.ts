import { describe, expect, it } from 'vitest';
import { aServer, playersOnline } from '../../tests/support/entities.js';
import { someUsage } from '../../tests/support/warned-rig.js';
import type { EmptyWish } from '../../bridge/schema/when-empty.js';
import type { Server } from '../../bridge/schema/domain.js';
import {
  blockOf,
  decide,
  mostGapMs,
  nextSpell,
  type EmptyCircumstances,
  type EmptySpell,
} from './when-empty-decision.js';

const minute = 60_000;
const hour = 60 * minute;
const live = { kind: 'live' } as const;
const stop: EmptyWish = { does: 'stop', minutes: 20 };

/** A running server whose game said this number at this time. */
function asked(count: number, seenAt: number, fields: Partial<Server> = {}): Server {
  return aServer({ power: 'running', players: playersOnline(count, { source: 'query', seenAt }), ...fields });
}

function counted(count: number, fields: Partial<Server> = {}): Server {
  return aServer({ power: 'running', link: live, players: playersOnline(count), ...fields });
}

/** The stretch after looks at these rows, each at the time of its own. */
function after(...looks: readonly (readonly [now: number, server: Server])[]): EmptySpell | null {
  return looks.reduce<EmptySpell | null>((spell, [now, server]) => nextSpell(spell, server, now), null);
}

describe('the time without players', () => {
  it('begins with the first zero of the game and goes on with each further one', () => {
    expect(after([minute, asked(0, minute)])).toEqual({ since: minute, seenAt: minute });
    const looks = [1, 2, 3].map((at) => [at * minute + 500, asked(0, at * minute)] as const);
    expect(after(...looks)).toEqual({ since: minute, seenAt: 3 * minute });
  });

  it('survives one lost answer, and no longer gap', () => {
    const at = (gap: number) => after([0, asked(0, 0)], [gap, asked(0, gap)])?.since;
    expect([at(mostGapMs), at(mostGapMs + 1)]).toEqual([0, mostGapMs + 1]);
  });

  it('ends with a zero that is too old, although the row still shows it', () => {
    expect(after([0, asked(0, 0)], [mostGapMs, asked(0, 0)])).not.toBeNull();
    expect(after([0, asked(0, 0)], [mostGapMs + 1, asked(0, 0)])).toBeNull();
  });

  it.each<[string, Partial<Server>]>([
    ['a player', { players: playersOnline(1, { source: 'query', seenAt: minute }) }],
    ['an unknown number', { players: null }],
    ['a state that is not known', { power: null }],
    ['a start', { power: 'starting' }],
    ['a stop', { power: 'stopping' }],
    ['an end', { power: 'offline' }],
    ['an answer of 0 of 0', { players: playersOnline(0, { slots: 0, source: 'query', seenAt: minute }) }],
    ['a number of the panel', { players: playersOnline(0, { source: 'panel', seenAt: minute }) }],
  ])('ends with %s', (_name, fields) => {
    expect(after([0, asked(0, 0)], [minute, asked(0, minute, fields)])).toBeNull();
  });

  it('counts the zero of a console while Perch reads along, at every look', () => {
    expect(after([0, counted(0)], [minute, counted(0)])).toEqual({ since: 0, seenAt: minute });
    expect(after([0, counted(0)], [minute, counted(0, { link: { kind: 'none' } })])).toBeNull();
  });

  it('begins anew after a sleep, also with a console', () => {
    const slept = 3 * hour;
    expect(after([0, counted(0)], [slept, counted(0)])?.since).toBe(slept);
    expect(after([0, asked(0, 0)], [slept, asked(0, slept)])?.since).toBe(slept);
  });

  it('begins anew with a new process that Perch did not see start', () => {
    const process = (at: number, uptimeMs: number) => asked(0, at, { usage: { ...someUsage, at, uptimeMs } });
    expect(after([0, process(0, hour)], [minute, process(minute, hour + minute)])?.since).toBe(0);
    expect(after([0, process(0, hour)], [minute, process(minute, 30_000)])?.since).toBe(minute);
    // The panel's figures may be twenty seconds old.
    expect(after([0, process(0, hour)], [minute, process(minute, 45_000)])?.since).toBe(0);
  });

  it('never goes back if two sources disagree about the age', () => {
    const spell = after([2 * minute, counted(0)], [2 * minute, asked(0, minute)]);
    expect(spell).toEqual({ since: 2 * minute, seenAt: 2 * minute });
  });
});

describe('the decision', () => {
  const facts: EmptyCircumstances = {
    spell: { since: hour, seenAt: hour },
    runningSince: 0,
    isProven: true,
    isBusy: false,
    isBlocked: false,
    sentAt: -Infinity,
  };
  const restart = (everyHours: number | null): EmptyWish => ({ does: 'restart', minutes: 20, everyHours });
  const server = asked(0, hour);

  it('is the first zero and the wished minutes', () => {
    expect(decide(stop, server, facts)).toEqual({ kind: 'counts', at: hour + 20 * minute });
    expect(decide(restart(null), server, facts)).toEqual({ kind: 'counts', at: hour + 20 * minute });
  });

  it('restarts again only a process that has run long enough', () => {
    const old = { ...server, usage: { ...someUsage, at: hour, uptimeMs: 30 * hour } };
    expect(decide(restart(24), old, facts)).toEqual({ kind: 'counts', at: hour + 20 * minute });
    const young = { ...server, usage: { ...someUsage, at: hour, uptimeMs: 2 * hour } };
    expect(decide(restart(24), young, facts)).toEqual({ kind: 'counts', at: 23 * hour });
  });

  it('restarts again only the wished hours after its own signal, whatever uptime the panel tells', () => {
    const old = { ...server, usage: { ...someUsage, at: hour, uptimeMs: 30 * hour } };
    const sent = { ...facts, sentAt: hour / 2 };
    expect(decide(restart(24), old, sent)).toEqual({ kind: 'counts', at: 24.5 * hour });
    expect(decide(stop, old, sent)).toEqual(decide(stop, old, facts));
  });

  it('takes the time that Perch saw if the panel does not say how long the process has run', () => {
    const unsaid = { ...server, usage: { ...someUsage, at: hour, uptimeMs: 0 } };
    expect(decide(restart(6), unsaid, facts)).toEqual({ kind: 'counts', at: 6 * hour });
    expect(decide(restart(6), server, { ...facts, runningSince: null })).toEqual({
      kind: 'waits',
      why: 'unknown',
    });
  });

  it.each<[string, Partial<EmptyCircumstances>, Server]>([
    ['blocked', { isBlocked: true }, server],
    ['not-running', {}, { ...server, power: 'offline' }],
    ['unknown', {}, { ...server, power: null }],
    ['players', { spell: null }, asked(2, hour)],
    ['unproven', { isProven: false }, server],
    ['unknown', { spell: null }, { ...server, players: null }],
    ['busy', { isBusy: true }, server],
  ])('waits: %s', (why, circumstances, row) => {
    expect(decide(stop, row, { ...facts, ...circumstances })).toEqual({ kind: 'waits', why });
  });
});

describe('a server that may not be stopped', () => {
  it('names the missing permission or the state', () => {
    expect(blockOf(aServer(), 'stop')).toBeNull();
    expect(blockOf(aServer({ permissions: ['control.stop'] }), 'restart')).toMatchObject({
      code: 'forbidden',
      permission: 'control.restart',
    });
    for (const condition of ['suspended', 'installing', 'transferring', 'restoring'] as const)
      expect(blockOf(aServer({ condition }), 'stop')).toMatchObject({ code: 'conflict', condition });
  });
});
