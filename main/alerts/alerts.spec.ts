import { describe, expect, it } from 'vitest';
import type { AlertRule, AlertSettings } from '../../bridge/schema/alerts.js';
import { anAlertsRig } from '../../tests/support/alerts-rig.js';
import { anAccount } from '../../tests/support/entities.js';
import { verbatim } from '../../messages/messages.js';

describe('Alerts', () => {
  it('a crash names the reaction of the node, if known within a moment', async () => {
    const { clock, add, crash, patch, giveUp, words } = anAlertsRig();
    const [first, second, third] = [add(), add({ node: 'Node 2' }), add({ node: 'Node 3' })];
    crash(first);
    patch(first, { power: 'starting' });
    crash(second);
    giveUp(second);
    crash(third);
    await clock.advance(1000);
    const panel = 'panel.example.com: Its process ended with exit code 1.';
    expect(words()).toEqual([
      `S1 crashed | ${panel} The node restarts the server.`,
      `S2 crashed and stays down | ${panel} No automatic restart follows.`,
      `S3 crashed | ${panel}`,
    ]);
  });

  it('a crash has the cause named by the console', async () => {
    const { add, patch, words, crash, clock } = anAlertsRig();
    const id = add();
    patch(id, { fixIt: { kind: 'eula', at: 1, lines: [] } });
    crash(id);
    await clock.advance(1000);
    expect(words()).toEqual(['S1 crashed | panel.example.com: The Minecraft EULA is not accepted yet.']);
  });

  it('a server is reported out of memory if only its console says so', async () => {
    const { add, patch, words, crash, clock } = anAlertsRig();
    const id = add();
    patch(id, { fixIt: { kind: 'memory', at: 1, lines: [] } });
    crash(id);
    await clock.advance(1000);
    expect(words()).toEqual(['S1 crashed | panel.example.com: It ran out of memory.']);
  });

  it('a trouble that ended is withdrawn silently, but not a crash that the node repaired', async () => {
    const { clock, add, crash, giveUp, patch, up, told, withdrawn, titles } = anAlertsRig();
    const [down, mended] = [add(), add({ node: 'Node 2' })];
    crash(down);
    giveUp(down);
    crash(mended);
    patch(mended, { power: 'starting' });
    await clock.advance(20_000);
    up(down);
    up(mended);
    await clock.advance(1000);
    expect(titles()).toEqual(['S1 crashed and stays down', 'S2 crashed']);
    expect(withdrawn).toEqual([told[0]?.id]);
  });

  it('a second crash within a minute after which the server stays down is reported', async () => {
    const { clock, add, crash, patch, giveUp, up, titles } = anAlertsRig();
    const id = add();
    crash(id);
    patch(id, { power: 'starting' });
    await clock.advance(15_000);
    up(id);
    await clock.advance(15_000);
    crash(id);
    await clock.advance(200);
    giveUp(id);
    await clock.advance(1000);
    expect(titles()).toEqual(['S1 crashed', 'S1 crashed and stays down']);
  });

  it('a crash without a reaction of the node becomes "stays down" in the same alert', async () => {
    const { clock, add, crash, told, titles } = anAlertsRig();
    crash(add());
    await clock.advance(11_000);
    expect(titles()).toEqual(['S1 crashed', 'S1 crashed and stays down']);
    expect(told[1]?.id).toBe(told[0]?.id);
  });

  it('twenty crashes in five minutes make three alerts', async () => {
    const { clock, add, crash, giveUp, up, titles } = anAlertsRig();
    const id = add();
    for (let time = 0; time < 20; time++) {
      crash(id);
      if (time === 1) giveUp(id);
      await clock.advance(7000);
      up(id);
      await clock.advance(8000);
    }
    expect(titles()).toEqual(['S1 crashed', 'S1 crashed and stays down', 'S1 keeps crashing']);
  });

  it('a server that is started again and again, and stays down each time, is reported once a minute', async () => {
    const { clock, add, crash, giveUp, up, titles } = anAlertsRig();
    const id = add();
    for (let time = 0; time < 20; time++) {
      crash(id);
      if (time % 2 === 1) giveUp(id);
      await clock.advance(7000);
      up(id);
      await clock.advance(8000);
    }
    const down = 'S1 crashed and stays down';
    expect(titles()).toEqual(['S1 crashed', down, 'S1 keeps crashing', down, down, down, down]);
  });

  it('after five quiet minutes the damping starts again', async () => {
    const { clock, add, crash, up, titles } = anAlertsRig();
    const id = add();
    for (let time = 0; time < 5; time++) {
      crash(id);
      up(id);
      await clock.advance(1000);
    }
    await clock.advance(300_000);
    crash(id);
    await clock.advance(1000);
    expect(titles()).toEqual(['S1 crashed', 'S1 keeps crashing', 'S1 crashed']);
  });

  it('two hundred servers of a restarting node make one alert', async () => {
    const { clock, add, patch, told, titles } = anAlertsRig();
    const ids = Array.from({ length: 200 }, () => add());
    const to = clock.now();
    const unseen = { what: 'offline' as const, from: to - 30_000, to };
    for (const id of ids) {
      patch(id, { power: 'offline', crashedAt: to, crash: { exitCode: null, outOfMemory: false, unseen } });
      await clock.advance(50);
    }
    await clock.advance(5000);
    expect(titles()).toEqual([expect.stringMatching(/^\d+ servers on Node 1 went down$/)]);
    expect(told[0]?.serverIds.length).toBeGreaterThan(2);
    await clock.advance(60_000);
    expect(titles().slice(1)).toEqual(['200 servers on Node 1 went down']);
    expect(told[1]).toMatchObject({ id: told[0]?.id, serverIds: ids });
  });

  it('a stop by somebody else is reported, and a restart withdraws the alert', async () => {
    const { clock, add, patch, told, withdrawn, words } = anAlertsRig();
    const id = add();
    patch(id, { power: 'stopping' });
    patch(id, { power: 'offline' });
    await clock.advance(3000);
    expect(words()).toEqual(['S1 was stopped | panel.example.com: From outside Perch.']);
    patch(id, { power: 'starting' });
    await clock.advance(3000);
    expect(withdrawn).toEqual([told[0]?.id]);
    expect(told).toHaveLength(1);
  });

  it('a day of normal use makes no alert', async () => {
    const { clock, store, add, patch, up, told } = anAlertsRig();
    const id = add();
    for (let hour = 0; hour < 24; hour++) {
      for (const signal of ['stop', 'start', 'restart'] as const) {
        patch(id, { pending: { signal, since: clock.now() } });
        if (signal !== 'start') patch(id, { power: 'stopping' });
        await clock.advance(20_000);
        if (signal !== 'start') patch(id, { power: 'offline' });
        if (signal === 'stop') patch(id, { pending: null });
        else patch(id, { power: 'starting' });
        await clock.advance(40_000);
        if (signal !== 'stop') up(id);
        await clock.advance(60_000);
      }
      const problem = { code: 'panel-unreachable' as const, message: verbatim(''), next: verbatim('') };
      const away = anAccount({ state: { kind: 'failed', problem, retryAt: 0 } });
      store.apply([{ kind: 'account-upserted', account: away }]);
      await clock.advance(120_000);
      store.apply([{ kind: 'account-upserted', account: anAccount() }]);
      clock.sleep(1_800_000);
      await clock.advance(600_000);
    }
    expect(told).toEqual([]);
  });

  it("states from before Perch's first look make no alert", async () => {
    const { clock, store, add, told } = anAlertsRig();
    add({ crashedAt: 5, power: 'offline' });
    const problem = { code: 'panel-unreachable' as const, message: verbatim(''), next: verbatim('') };
    const other = anAccount({ id: 'other', state: { kind: 'failed', problem, retryAt: 0 } });
    store.apply([{ kind: 'account-upserted', account: other }]);
    await clock.advance(600_000);
    expect(told).toEqual([]);
  });

  it('"is back" is shown after a lasting trouble that the user did not end', async () => {
    const { clock, add, crash, patch, up, told, words } = anAlertsRig();
    const [first, second] = [add(), add({ node: 'Node 2' })];
    crash(first);
    crash(second);
    await clock.advance(240_000);
    up(first);
    patch(second, { pending: { signal: 'start', since: clock.now() } });
    patch(second, { power: 'starting' });
    up(second);
    await clock.advance(1000);
    expect(words().slice(4)).toEqual(['S1 is back | panel.example.com: After 4 min.']);
    expect(told.at(-1)).toMatchObject({ phase: 'over', id: told[0]?.id });
  });

  it('"is back" is shown after an earlier start by the user, which was for another trouble', async () => {
    const { clock, add, crash, patch, up, words } = anAlertsRig();
    const id = add({ power: 'offline' });
    patch(id, { pending: { signal: 'start', since: clock.now() } });
    patch(id, { power: 'starting' });
    up(id);
    await clock.advance(300_000);
    crash(id);
    await clock.advance(240_000);
    up(id);
    await clock.advance(1000);
    expect(words().at(-1)).toBe('S1 is back | panel.example.com: After 4 min.');
  });

  describe('as the person wants it', () => {
    const rule = (scope: AlertRule['scope'], fields: Partial<AlertRule> = {}): AlertRule => ({
      scope,
      switches: {},
      isMuted: false,
      snoozedUntil: null,
      ...fields,
    });
    const server = { kind: 'server', id: 'home/1' } as const;
    const group = { kind: 'group', id: 'g' } as const;
    const panel = { kind: 'panel', id: 'home' } as const;
    const off = { switches: { crashed: false } };
    const on = { switches: { crashed: true } };
    const noon = new Date(2026, 0, 2, 12, 0, 0).getTime();

    it.each<[string, Partial<AlertSettings>, boolean]>([
      ['off for all', off, false],
      ['off for all, on for its panel', { ...off, rules: [rule(panel, on)] }, true],
      ['off for its panel', { rules: [rule(panel, off)] }, false],
      ['off for its panel, on for its group', { rules: [rule(panel, off), rule(group, on)] }, true],
      ['on for its group, off for it', { rules: [rule(group, on), rule(server, off)] }, false],
      ['another server', { rules: [rule({ kind: 'server', id: 'home/2' }, off)] }, true],
      ['muted', { rules: [rule(group, { isMuted: true })] }, false],
      ['snoozed until later', { rules: [rule(server, { snoozedUntil: noon + 3_600_000 })] }, false],
      ['snoozed until it is back', { rules: [rule(server, { snoozedUntil: 'back' })] }, false],
      ['snoozed until now', { rules: [rule(server, { snoozedUntil: noon })] }, true],
      ['quiet at noon', { quietHours: { from: 11 * 60, to: 13 * 60 } }, false],
      ['quiet at night', { quietHours: { from: 22 * 60, to: 8 * 60 } }, true],
      ['quiet but at night', { quietHours: { from: 8 * 60, to: 22 * 60 } }, false],
    ])('%s', async (_name, settings, isTold) => {
      const groups = [{ id: 'g', name: 'Group', isCollapsed: false, serverIds: ['home/1'] }];
      const { clock, add, crash, told } = anAlertsRig(settings, groups);
      crash(add());
      await clock.advance(1000);
      expect(told.length > 0).toBe(isTold);
    });
  });
});
