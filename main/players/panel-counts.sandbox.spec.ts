/** Main without a desktop asks the panel of the sandbox for players of games that this computer cannot ask. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../../tests/support/backup-stage.js';
import { noQueries } from '../../tests/support/no-queries.js';
import { playersPerch, type SentRequest } from '../../tests/support/players-perch.js';
import { QueriedSandboxes } from '../../tests/support/queried-sandboxes.js';

/** A window that shows the players of a server. */
const shown = { snapshot: () => undefined, change: () => undefined };

async function perchOn(dialect: string) {
  const sandboxes = new QueriedSandboxes();
  onTestFinished(() => sandboxes.end());
  const sandbox = await sandboxes.start({}, dialect);
  const perch = await playersPerch(sandbox, noQueries);
  onTestFinished(() => perch.stop());
  /** Questions to the panel about a server, or about all. */
  const counts = (name = ''): readonly SentRequest[] => {
    const identifier = name === '' ? '' : (perch.rowOf(name)?.identifier ?? '');
    return perch.requests.filter(({ url }) => /\/query(?:\/players)?$/.test(url) && url.includes(identifier));
  };
  const running = async (name: string): Promise<string> => {
    await sandbox.isIn(name, 'running');
    const row = await eventually(
      () => perch.rowOf(name),
      (now) => now?.power === 'running',
    );
    return row?.id ?? '';
  };
  return { ...perch, sandbox, counts, running };
}

test('the plugin of Pelican returns players and names, within its limit, and the reason for missing ones', async () => {
  const { modules, sandbox, rowOf, counts, running } = await perchOn('pelican');
  const { changes } = sandbox.sandbox;
  await sandbox.power('Creative', 'start');
  const [survival, lobby, creative] = [
    await running('Survival'),
    await running('Lobby'),
    await running('Creative'),
  ];
  for (const player of ['Saga', 'Wren']) await sandbox.type('Survival', `join ${player}`);
  // Without the plugin, one question is enough for the whole panel.
  modules.fleet.interests.setShown(1, [survival, lobby]);
  await eventually(() => counts().length, Boolean, 60);
  await pause(5000);
  expect(counts()).toHaveLength(1);
  expect(modules.playersOf(survival)).toMatchObject({ panel: null });

  changes.setPanelState({ playerCounter: true });
  modules.fleet.interests.setShown(1, [lobby]);
  const end = modules.sources.players({ serverId: survival }, shown, { webContentsId: 1 });
  modules.calls['players.askNow']({ serverId: survival });
  const players = await eventually(
    () => modules.playersOf(survival),
    // Until the panel sends names, they may come from the console.
    (now) => (now?.names?.length ?? 0) > 0 && now?.ofConsole === undefined,
    60,
  );
  expect(players).toMatchObject({ panel: 'answers', query: { problem: 'closed' } });
  expect(players?.names?.map(({ name }) => name).sort()).toEqual(['Saga', 'Wren']);
  expect(rowOf('Survival')?.players).toMatchObject({ count: 2, slots: 20 });
  expect(rowOf('Survival')?.reach ?? null).toBeNull();
  for (let press = 0; press < 5; press++) {
    modules.calls['players.askNow']({ serverId: survival });
    await pause(1000);
  }
  const asked = counts('Survival');
  expect(asked.some(({ url }) => url.endsWith('/query/players'))).toBe(true);
  for (const { at } of asked)
    expect(asked.filter((one) => one.at >= at && one.at < at + 60_000).length).toBeLessThanOrEqual(2);
  end();

  // The host of the sandbox chose no protocol for this egg.
  await eventually(
    () => modules.playersOf(lobby)?.panel,
    (panel) => panel === 'no-query',
    60,
  );
  changes.games.disturbQueries('Creative', { answers: false });
  modules.fleet.interests.setShown(1, [creative]);
  await eventually(
    () => modules.playersOf(creative)?.panel,
    (panel) => panel === 'silent',
    60,
  );
  expect(rowOf('Creative')?.players?.source).not.toBe('panel');
  expect(changes.happenings().filter(({ kind }) => kind === 'refused')).toEqual([]);
  await sandbox.power('Survival', 'stop');
  const stopped = await eventually(
    () => rowOf('Survival'),
    (now) => now?.power === 'offline',
    40,
  );
  expect(stopped?.players ?? null).toBeNull();
}, 240_000);

test('no request to any other panel', async () => {
  const ask = async (dialect: string): Promise<void> => {
    const { modules, sandbox, counts, running } = await perchOn(dialect);
    sandbox.sandbox.changes.setPanelState({ playerCounter: true });
    const serverId = await running('Survival');
    modules.fleet.interests.setShown(1, [serverId]);
    const end = modules.sources.players({ serverId }, shown, { webContentsId: 1 });
    // From the first failure on, Perch would ask the panel.
    await eventually(() => modules.playersOf(serverId)?.query.problem ?? null, Boolean, 60);
    modules.calls['players.askNow']({ serverId });
    await pause(4000);
    expect(counts(), dialect).toEqual([]);
    end();
  };
  await Promise.all(['panel-1.11', 'panel-1.12', 'reference'].map(ask));
}, 240_000);
