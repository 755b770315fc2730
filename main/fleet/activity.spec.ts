import { expect, it } from 'vitest';
import { aProblem } from '../../tests/support/a-problem.js';
import { aFleet, aPanelServer, FakePanel } from '../../tests/support/fleet-fakes.js';
import type { PanelActivity } from '../panel/api.js';

const entry: PanelActivity = { at: 5, signal: 'stop', by: 'anna' };

/** Fleet with one live server whose account has these permissions. */
async function aLiveServer(permissions: string[]) {
  const panel = new FakePanel();
  panel.list = [aPanelServer('u1')];
  panel.activityOfAll = [entry];
  const fleet = aFleet(panel);
  await fleet.live();
  fleet.session('u1').tell({ kind: 'permissions', permissions });
  const ask = async (id = 'home/u1') => {
    const answer = fleet.fleet.activityOf(id);
    await fleet.clock.advance(1000);
    return answer;
  };
  return { ...fleet, ask };
}

it('recent activity of a server is read from its panel', async () => {
  const { ask, panel } = await aLiveServer(['websocket.connect', 'activity.read']);
  expect(await ask()).toEqual([entry]);
  expect(panel.count('activity u1')).toBe(1);
});

it('activity is not read without the permission, or of a closed or removed server', async () => {
  const { ask, panel, store, session } = await aLiveServer(['websocket.connect']);
  expect(await ask()).toBeNull();
  expect(await ask('home/gone')).toBeNull();
  session('u1').tell({ kind: 'permissions', permissions: ['*'] });
  store.apply([{ kind: 'server-patched', serverId: 'home/u1', patch: { condition: 'suspended' } }]);
  expect(await ask()).toBeNull();
  expect(panel.count('activity')).toBe(0);
});

it('activity is unknown if the panel fails, without further effects', async () => {
  const { ask, panel, server } = await aLiveServer(['*']);
  panel.problems.set('activity u1', aProblem('not-found'));
  const before = server('u1');
  expect(await ask()).toBeNull();
  expect(server('u1')).toEqual(before);
});
