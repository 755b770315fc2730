/** Large fleet with a real panel, real nodes and their limits: all servers become live, and the panel never refuses. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aLiveFleet, type LiveFleet } from '../../tests/support/live-fleet.js';
import { startSandbox, type SandboxProcess } from '../../tests/support/sandbox-process.js';

const [servers, limit] = [200, 720];
let sandbox: SandboxProcess;
let live: LiveFleet & { start(): void };

beforeAll(async () => {
  sandbox = await startSandbox(['--servers', `${servers}`, '--client-limit', `${limit}`]);
  live = aLiveFleet(sandbox);
});

afterAll(async () => {
  await live.fleet.stop();
  await sandbox.stop();
});

it('visible servers are live first, the others as half of the limit allows, and no call is refused', async () => {
  const { fleet, store, requests, until } = live;
  const inSight = sandbox.servers.slice(100, 140).map(({ uuid }) => `home/${uuid}`);
  // A suspended server has no known state, and one of the nodes is down.
  const isRight = (id: string): boolean => {
    const server = store.state.servers.get(id);
    if (server === undefined) return false;
    const isOut = server.condition !== 'normal' || server.link.kind === 'reconnecting';
    return isOut || (server.link.kind === 'live' && server.power !== null);
  };
  const all = (): string[] => [...store.state.servers.keys()];
  fleet.interests.setShown(1, inSight);
  live.start();
  const inSightAt = await until(() => inSight.every(isRight), 30_000);
  const allAt = await until(() => all().length > servers && all().every(isRight), 150_000);
  const share = limit / 2;
  const bound = Math.max(0, all().length / share) * 60_000;
  // The bench measures the times, which are longer on a busy machine. Here, visible servers do not wait for others.
  expect(inSightAt).toBeLessThan(allAt / 2);
  expect(allAt).toBeLessThan(3 * bound);
  expect(requests.filter(({ status }) => status === 429)).toEqual([]);
}, 200_000);
