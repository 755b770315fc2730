/** Alerts are true, appear once, and name every server when several are combined. */
import { expect, it } from 'vitest';
import { anAlertsRig } from '../../tests/support/alerts-rig.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { someResources } from '../../tests/support/fleet-fakes.js';
import { verbatim } from '../../messages/messages.js';

it('the return of many servers of a node is one alert, after the last of them runs', async () => {
  const { clock, add, crash, up, told, words } = anAlertsRig();
  const ids = [add(), add(), add(), add()];
  ids.forEach(crash);
  await clock.advance(120_000);
  ids.slice(1).forEach(up);
  await clock.advance(60_000);
  expect(told).toHaveLength(1);
  up('home/1');
  await clock.advance(1000);
  expect(words()).toEqual([
    expect.stringMatching(/^4 servers on Node 1 went down \|/),
    'The servers on Node 1 are running again | panel.example.com: After 3 min.',
  ]);
  expect(told[1]).toMatchObject({ id: told[0]?.id, phase: 'over', serverIds: ids });
});

it('a server of a group that came up, crashed again and stays down gets its own alert', async () => {
  const { clock, add, crash, giveUp, up, titles } = anAlertsRig();
  const ids = [add(), add(), add()];
  ids.forEach(crash);
  await clock.advance(5000);
  up('home/1');
  await clock.advance(20_000);
  crash('home/1');
  giveUp('home/1');
  await clock.advance(1000);
  expect(titles()).toEqual(['3 servers on Node 1 went down', 'S1 crashed and stays down']);
});

it('servers with their own alerts get no group alert once they stay down', async () => {
  const { clock, add, crash, titles, told } = anAlertsRig();
  for (const id of [add(), add(), add(), add()]) {
    crash(id);
    await clock.advance(1000);
  }
  clock.sleep(600_000);
  await clock.advance(5000);
  expect(titles().filter((title) => title.endsWith('stays down'))).toHaveLength(4);
  expect(told).toHaveLength(8);
  expect(new Set(told.map(({ id }) => id)).size).toBe(4);
});

it('a second crash within a minute after which the server stays down is one event, not flapping', async () => {
  const { clock, add, crash, up, titles } = anAlertsRig();
  const id = add();
  crash(id);
  await clock.advance(1000);
  up(id);
  await clock.advance(20_000);
  crash(id);
  await clock.advance(20_000);
  expect(titles()).toEqual(['S1 crashed', 'S1 crashed and stays down']);
});

it('a server that finally stays down gets an alert, also if it flaps or was reported down a moment ago', async () => {
  const { clock, add, crash, giveUp, up, titles } = anAlertsRig();
  const id = add();
  const goDown = async (forMs: number): Promise<void> => {
    crash(id);
    giveUp(id);
    await clock.advance(forMs);
  };
  await goDown(10_000);
  up(id);
  await clock.advance(10_000);
  await goDown(65_000);
  expect(titles()).toEqual(['S1 crashed and stays down', 'S1 crashed and stays down']);
  up(id);
  await clock.advance(1000);
  await goDown(1000);
  expect(titles().slice(2)).toEqual(['S1 is back', 'S1 crashed and stays down']);
  up(id);
  await clock.advance(30_000);
  await goDown(20_000);
  up(id);
  await clock.advance(1000);
  await goDown(59_000);
  expect(titles().slice(4)).toEqual([]);
  await clock.advance(2000);
  expect(titles().slice(4)).toEqual(['S1 crashed and stays down']);
});

it('a server that stays down after two crashes is reported as down, not as flapping', async () => {
  const { clock, add, crash, patch, up, titles } = anAlertsRig({ slowStartMinutes: 1 });
  const id = add();
  crash(id);
  up(id);
  await clock.advance(70_000);
  crash(id);
  patch(id, { power: 'starting' });
  await clock.advance(70_000);
  expect(titles()).toEqual(['S1 crashed', 'S1 crashed', 'S1 is still starting']);
});

it('a deferred alert is dropped if the server is started again or removed', async () => {
  const { clock, store, add, crash, giveUp, patch, up, titles } = anAlertsRig();
  const ids = [add(), add({ node: 'Node 2' })];
  for (const id of ids) {
    for (let time = 0; time < 4; time++) {
      crash(id);
      giveUp(id);
      await clock.advance(2000);
      if (time < 3) up(id);
    }
  }
  const before = titles();
  expect(before).toEqual(['S1 crashed and stays down', 'S2 crashed and stays down']);
  patch('home/1', { power: 'starting' });
  store.apply([{ kind: 'server-removed', serverId: 'home/2' }]);
  await clock.advance(120_000);
  expect(titles()).toEqual(before);
});

it('no "is back" alert for a server that crashed again, ended before it was up, or is gone', async () => {
  const { clock, store, add, crash, patch, titles } = anAlertsRig();
  const [again, ended, gone] = [add(), add({ node: 'Node 2' }), add({ node: 'Node 3' })];
  patch(ended, { power: 'starting' });
  crash(again);
  crash(gone);
  await clock.advance(660_000);
  const before = titles();
  expect(before).toContain('S2 is still starting');
  crash(again);
  patch(ended, { power: 'stopping' });
  patch(ended, { power: 'offline' });
  store.apply([{ kind: 'server-removed', serverId: gone }]);
  await clock.advance(30_000);
  expect(
    titles()
      .slice(before.length)
      .filter((title) => title.includes('back')),
  ).toEqual([]);
});

it('no "below the limit again" alert if nobody wants alerts of that limit any more', async () => {
  const { clock, settings, store, add, told } = anAlertsRig();
  const id = add({ limits: { ...aServer().limits, diskBytes: 100 } });
  const measure = async (): Promise<void> => {
    const usage = { ...someResources().usage, diskBytes: 99, at: clock.now() };
    store.apply([{ kind: 'usage', serverId: id, usage }]);
    await clock.advance(10_000);
  };
  for (let time = 0; time < 5; time++) await measure();
  expect(told).toHaveLength(1);
  await clock.advance(120_000);
  const { alerts } = settings.current;
  settings.current = { ...settings.current, alerts: { ...alerts, switches: { disk: false } } };
  await measure();
  expect(told).toHaveLength(1);
});

it('an outage that ends at the moment of its alert gets no alert', async () => {
  const { clock, store, told } = anAlertsRig();
  const problem = { code: 'panel-unreachable' as const, message: verbatim(''), next: verbatim('') };
  const account = anAccount({ state: { kind: 'failed', problem, retryAt: 0 } });
  store.apply([{ kind: 'account-upserted', account }]);
  await clock.advance(180_300);
  store.apply([{ kind: 'account-upserted', account: anAccount() }]);
  await clock.advance(60_000);
  expect(told).toEqual([]);
});

it('a panel with a refused certificate that is then unreachable counts as unreachable', async () => {
  const { clock, store, titles } = anAlertsRig();
  const failing = (code: 'tls-untrusted' | 'panel-unreachable'): void => {
    const problem = { code, message: verbatim(''), next: verbatim('') };
    const account = anAccount({ state: { kind: 'failed', problem, retryAt: 0 } });
    store.apply([{ kind: 'account-upserted', account }]);
  };
  failing('tls-untrusted');
  await clock.advance(300_000);
  failing('panel-unreachable');
  await clock.advance(1000);
  expect(titles()).toEqual([expect.stringMatching(/^The certificate of/)]);
});

it('alerts of a removed panel are withdrawn', async () => {
  const { clock, store, add, crash, told, withdrawn } = anAlertsRig();
  for (const node of ['A', 'B', 'B', 'B']) crash(add({ node }));
  await clock.advance(1000);
  expect(told).toHaveLength(2);
  store.apply([{ kind: 'account-removed', accountId: 'home' }]);
  await clock.advance(20_000);
  expect(withdrawn.toSorted()).toEqual(told.map(({ id }) => id).toSorted());
  expect(told).toHaveLength(2);
});

it('no alerts are shown while notifications are off', async () => {
  const { clock, add, crash, told } = anAlertsRig({ isOn: false });
  crash(add());
  await clock.advance(60_000);
  expect(told).toEqual([]);
});

it('servers that go down within a minute of others on their node join their alert', async () => {
  const { clock, add, crash, up, told, words } = anAlertsRig();
  const ids = [add(), add(), add(), add(), add()];
  ids.slice(0, 3).forEach(crash);
  await clock.advance(20_000);
  crash('home/4');
  await clock.advance(25_000);
  crash('home/5');
  await clock.advance(6000);
  expect(words()).toEqual([
    expect.stringMatching(/^3 servers on Node 1 went down \| .*S1, S2, S3/),
    expect.stringMatching(/^4 servers on Node 1 went down \| .*S1, S2, S3, S4/),
    expect.stringMatching(/^5 servers on Node 1 went down \| .*S1, S2, S3, S4, S5/),
  ]);
  expect(told.map(({ id }) => id)).toEqual([told[0]?.id, told[0]?.id, told[0]?.id]);
  expect(told[2]).toMatchObject({ serverIds: ids });
  await clock.advance(60_000);
  ids.forEach(up);
  await clock.advance(1000);
  expect(told[3]).toMatchObject({ id: told[0]?.id, phase: 'over', serverIds: ids });
});

it('a server of a group that came up and crashed again gets its own alert, also a minute later', async () => {
  const { clock, add, crash, up, titles } = anAlertsRig();
  const ids = [add(), add(), add()];
  const late = add();
  ids.forEach(crash);
  await clock.advance(5000);
  up('home/1');
  await clock.advance(5000);
  crash('home/1');
  await clock.advance(1000);
  up('home/1');
  await clock.advance(50_000);
  crash(late);
  await clock.advance(1000);
  expect(titles()).toEqual(['3 servers on Node 1 went down', 'S1 crashed', 'S4 crashed']);
});

it('"stays down" is shown at once, also for a flapping server', async () => {
  const { clock, add, crash, giveUp, up, titles } = anAlertsRig();
  const id = add();
  for (let count = 0; count < 3; count++) {
    crash(id);
    await clock.advance(2000);
    up(id);
    await clock.advance(70_000);
  }
  crash(id);
  await clock.advance(1000);
  expect(titles()).toEqual(['S1 crashed', 'S1 crashed', 'S1 keeps crashing']);
  giveUp(id);
  await clock.advance(1000);
  expect(titles().at(-1)).toBe('S1 crashed and stays down');
  up(id);
  await clock.advance(100_000);
  crash(id);
  giveUp(id);
  await clock.advance(1000);
  expect(titles().filter((title) => title.endsWith('stays down'))).toHaveLength(2);
});

it('an accepted key is reported at once if the refusal was reported', async () => {
  const { clock, store, titles } = anAlertsRig();
  const state = { kind: 'failed', problem: aProblem('unauthorized'), retryAt: 0 } as const;
  store.apply([{ kind: 'account-upserted', account: anAccount({ state }) }]);
  await clock.advance(20_000);
  expect(titles()).toHaveLength(1);
  store.apply([{ kind: 'account-upserted', account: anAccount() }]);
  await clock.advance(1000);
  expect(titles()).toHaveLength(2);
});
