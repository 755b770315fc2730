/** Faults that tests can cause on a node's sockets. */
import { afterEach, expect, test } from 'vitest';
import { SECOND, SURVIVAL, WingsRig } from '../../tests/support/wings-rig.js';

let rig: WingsRig;
afterEach(() => rig.end());

test('handshakes are refused as by a proxy until the fault is withdrawn; open sockets stay', async () => {
  rig = await WingsRig.start();
  const before = await rig.enter();
  rig.node.disturb({ handshake: 403 });
  await expect(rig.open()).rejects.toThrow('403');
  before.send('send stats');
  await before.event('stats');
  rig.node.disturb({ handshake: null });
  await rig.open();
});

test('a mute node sends and takes no message; afterwards all messages arrive', async () => {
  rig = await WingsRig.start();
  const socket = await rig.enter();
  await socket.status('offline');
  await socket.during(200);
  rig.node.disturb({ mute: true });
  socket.send('set state', 'start');
  let ponged = false;
  socket.raw.on('pong', () => (ponged = true));
  socket.raw.ping();
  const late = rig.open();
  expect(await socket.during(500)).toEqual([]);
  expect([ponged, rig.node.state(SURVIVAL)]).toEqual([false, 'offline']);
  rig.node.disturb({ mute: false });
  await socket.status('running');
  await late;
  expect(ponged).toBe(true);
});

test('sockets of one server, or of all, end with a code', async () => {
  rig = await WingsRig.start();
  const [first, second] = [await rig.enter(), await rig.enter({ server: SECOND })];
  rig.node.closeSockets(SURVIVAL, 4409, 'server is suspended');
  expect(await first.closed).toEqual({ code: 4409, reason: 'server is suspended' });
  second.send('send stats');
  await second.event('stats');
  rig.node.closeSockets(null, 1006, '');
  expect((await second.closed).code).toBe(1006);
});
