/** Activity of a server, from every panel that the sandbox plays. */
import { afterEach, expect, it } from 'vitest';
import { dialects } from '../../sandbox/panel/dialects.js';
import { aNetwork } from '../../tests/support/direct-network.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { PanelRig } from '../../tests/support/panel-rig.js';
import { trusting } from '../../tests/support/trusting.js';
import type { KeyHolder } from '../../sandbox/data/seed.js';
import type { PanelApi } from './api.js';
import { createPanelClient } from './client.js';

let rig: PanelRig;
let client: PanelApi;

afterEach(async () => {
  await client.close();
  await rig.end();
});

async function aClient(dialect: string, who: KeyHolder): Promise<string> {
  rig = await PanelRig.start({ dialect });
  client = createPanelClient({
    panelUrl: rig.panel.url,
    http: aNetwork().http(trusting()),
    authorize: (use) => use(rig.keyOf(who)),
    clock: new FakeClock(),
    log: new FakeLog(),
  });
  return rig.server('Survival').uuid.slice(0, 8);
}

it.each(Object.keys(dialects))('the newest power actions of %s, with their users', async (dialect) => {
  const identifier = await aClient(dialect, 'owner');
  rig.uses('Survival', { state: 'running' });
  const begin = rig.now;
  await rig.on('admin', 'Survival', 'POST', '/power', { signal: 'stop' });
  rig.now += 2000;
  await rig.on('owner', 'Survival', 'POST', '/command', { command: 'list' });
  await client.power(identifier, 'kill');
  const [kill, stop, ...others] = await client.activity(identifier);
  expect(stop).toEqual({ at: begin, signal: 'stop', by: rig.world.user(1).username });
  expect(kill).toEqual({ at: begin + 2000, signal: 'kill', by: rig.world.user(2).username });
  expect(others).toEqual([]);
});

it.each(Object.keys(dialects))('%s refuses the activity to users without the permission', async (dialect) => {
  const identifier = await aClient(dialect, 'subuser');
  for (const subuser of rig.server('Survival').subusers) subuser.permissions = ['websocket.connect'];
  const refusal = await client.activity(identifier).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ problem: { code: 'forbidden', permission: 'activity.read' } });
});
