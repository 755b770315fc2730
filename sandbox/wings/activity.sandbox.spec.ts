import { afterEach, expect, test } from 'vitest';
import { SURVIVAL, WingsRig } from '../../tests/support/wings-rig.js';

let rig: WingsRig;
afterEach(() => rig.end());

test('actions over a socket are reported to the panel; refused actions and those of the panel are not', async () => {
  rig = await WingsRig.start();
  const looker = await rig.enter({ permissions: ['websocket.connect'], userId: 3 });
  looker.send('set state', 'start');
  looker.send('send command', 'list');
  const socket = await rig.enter();
  socket.send('send command', 'to nobody');
  socket.send('set state', 'nonsense');
  await socket.event('daemon error');
  rig.node.power(SURVIVAL, 'start');
  await socket.status('running');
  expect(rig.panel.activity).toEqual([]);
  socket.send('send command', 'list');
  await socket.next(({ event }) => event === 'console output', 'its answer');
  socket.send('set state', 'kill');
  await socket.status('offline');
  const who = { serverUuid: SURVIVAL, userUuid: 'bbbbbbbb-0000-4000-8000-000000000002' };
  expect(rig.panel.activity).toEqual([
    { ...who, event: 'console.command', properties: { command: 'list' } },
    { ...who, event: 'power.kill', properties: {} },
  ]);
});
