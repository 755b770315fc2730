import { describe, expect, it } from 'vitest';
import { aProblem } from '../../tests/support/a-problem.js';
import { aFleet, aPanelServer, aRecord, FakePanel, someResources } from '../../tests/support/fleet-fakes.js';

/** 41 servers: ten work, ten are unknown to a node that answers, and the node of 21 does not answer its panel. */
async function aSickFleet() {
  const panel = new FakePanel();
  panel.limit = 720;
  const nodeOf = (index: number): string => (index < 20 ? 'Node 1' : 'Node 2');
  panel.list = Array.from({ length: 41 }, (_, index) => aPanelServer(`u${index}`, { node: nodeOf(index) }));
  panel.list.forEach(({ uuid }, index) => {
    panel.resourcesOf.set(uuid, someResources());
    if (index >= 10) panel.problems.set(`resources ${uuid}`, aProblem('node-unreachable'));
  });
  const rig = aFleet(panel);
  rig.fleet.start([aRecord()]);
  await rig.clock.advance(10_000);
  for (const [index, session] of rig.opened.entries()) {
    if (index < 10) session.tell({ kind: 'link', link: { kind: 'live' } });
    else
      session.tell({
        kind: 'link',
        link: { kind: 'reconnecting', retryAt: 0, problem: aProblem('node-unreachable') },
      });
  }
  await rig.clock.advance(240_000);
  return rig;
}

describe('servers that cannot be read', () => {
  it('cost the panel little, and all show the reason', async () => {
    const { clock, panel, server } = await aSickFleet();
    const before = panel.count('resources');
    await clock.advance(300_000);
    const perMinute = (panel.count('resources') - before) / 5;
    expect(perMinute).toBeLessThanOrEqual(10);
    for (let index = 10; index < 41; index++) {
      expect(server(`u${index}`)).toMatchObject({ power: null, problem: { code: 'node-unreachable' } });
    }
  });

  it('are read within two minutes once their node answers', async () => {
    const { clock, panel, server } = await aSickFleet();
    panel.problems.clear();
    await clock.advance(120_000);
    for (let index = 10; index < 41; index++) {
      expect(server(`u${index}`)).toMatchObject({ power: 'running', problem: null });
    }
  });
});
