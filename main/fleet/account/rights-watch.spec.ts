/** Permissions taken from a subuser while the server is offline. */
import { expect, it } from 'vitest';
import type { PanelServer } from '../../panel/api.js';
import { aFleet, aPanelServer, FakePanel } from '../../../tests/support/fleet-fakes.js';

const minute = 60_000;

/** The list of servers names no permissions (PROTOCOL D13). */
class PanelWithRights extends FakePanel {
  rights: string[] | null = null;

  override async server(identifier: string): Promise<PanelServer> {
    return { ...(await super.server(identifier)), permissions: this.rights };
  }
}

async function aServer(facts: Partial<PanelServer>, power: 'running' | 'offline', permissions: string[]) {
  const panel = new PanelWithRights();
  panel.list = [aPanelServer('u0', facts)];
  panel.rights = permissions;
  const fleet = aFleet(panel);
  await fleet.live(power);
  fleet.session('u0').tell({ kind: 'permissions', permissions });
  return { ...fleet, panel, reads: () => panel.count('server') };
}

it('withdrawn permissions are noticed within a few minutes although the socket is silent', async () => {
  const all = ['websocket.connect', 'control.start', 'control.console'];
  const { clock, panel, server, reads } = await aServer({ isOwner: false }, 'offline', all);
  await clock.advance(3 * minute);
  expect(reads()).toBe(0);
  panel.rights = ['websocket.connect'];
  await clock.advance(5 * minute);
  expect(server('u0').permissions).toEqual(['websocket.connect']);
  const before = reads();
  await clock.advance(30 * minute);
  expect(reads() - before).toBeLessThanOrEqual(6);
});

it.each<[string, Partial<PanelServer>, 'running' | 'offline', string[]]>([
  ['one’s own', { isOwner: true }, 'offline', ['websocket.connect']],
  ['an administrator’s', { isOwner: false }, 'offline', ['*', 'admin.websocket.errors']],
])('the permissions of %s server are not read', async (_name, facts, power, permissions) => {
  const { clock, reads } = await aServer(facts, power, permissions);
  await clock.advance(30 * minute);
  expect(reads()).toBe(0);
});

it('permissions are not read while a server runs, because its socket reports them', async () => {
  const { clock, session, reads } = await aServer({ isOwner: false }, 'running', ['websocket.connect']);
  for (let s = 0; s < 10; s++) {
    session('u0').tell({ kind: 'power', power: 'running' });
    await clock.advance(minute);
  }
  expect(reads()).toBe(0);
});
