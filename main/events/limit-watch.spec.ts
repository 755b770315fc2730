import { describe, expect, it } from 'vitest';
import type { Usage } from '../../bridge/schema/domain.js';
import { anEventsRig } from '../../tests/support/events-rig.js';
import type { LimitRules } from './limit-watch.js';

function aMeasuredServer(limits: LimitRules) {
  const rig = anEventsRig({ limits });
  const id = rig.addServer({
    power: 'running',
    limits: { memoryBytes: 1000, diskBytes: 1000, cpuPercent: 200 },
  });
  const measure = async (figures: Partial<Usage>, seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      const usage: Usage = {
        at: rig.clock.now(),
        cpuPercent: 0,
        memoryBytes: 0,
        memoryLimitBytes: null,
        diskBytes: 0,
        networkRxBytes: 0,
        networkTxBytes: 0,
        uptimeMs: 1000,
        ...figures,
      };
      rig.store.apply([{ kind: 'usage', serverId: id, usage }]);
      await rig.clock.advance(1000);
    }
  };
  return { ...rig, id, measure };
}

const cpu: LimitRules = { cpu: { percent: 90, seconds: 60 } };

describe('A server that uses too much', () => {
  it('is logged once the excess has lasted as long as the rule says, and ends after the same time below the limit', async () => {
    const { log, measure } = aMeasuredServer(cpu);
    await measure({ cpuPercent: 190 }, 60);
    expect(log.recent).toEqual([]);
    await measure({ cpuPercent: 190 }, 1);
    expect(log.recent).toMatchObject([{ endedAt: null, what: { kind: 'limit', of: 'cpu', percent: 95 } }]);
    await measure({ cpuPercent: 10 }, 60);
    expect(log.recent[0]?.endedAt).toBeNull();
    await measure({ cpuPercent: 10 }, 1);
    expect(log.recent[0]?.endedAt).not.toBeNull();
  });

  it('is over the limit at exactly that share, and below it only under five points less', async () => {
    const { log, measure, id } = aMeasuredServer({ cpu: { percent: 90, seconds: 0 } });
    await measure({ cpuPercent: 179 }, 1);
    expect(log.recent).toEqual([]);
    await measure({ cpuPercent: 180 }, 1);
    expect(log.lastingOf(id)).toHaveLength(1);
    await measure({ cpuPercent: 170 }, 1);
    expect(log.lastingOf(id)).toHaveLength(1);
    await measure({ cpuPercent: 169 }, 1);
    expect(log.lastingOf(id)).toEqual([]);
  });

  it('is not over a limit of 0, which stands for none', async () => {
    const { log, measure, addServer, id } = aMeasuredServer({ disk: { percent: 90, seconds: 0 } });
    addServer({ id, power: 'running', limits: { memoryBytes: 0, diskBytes: 0, cpuPercent: 0 } });
    await measure({ diskBytes: 960 }, 1);
    expect(log.recent).toEqual([]);
  });

  it('is logged no longer as soon as the limit is lifted, however long the rule is', async () => {
    const { log, measure, addServer, id } = aMeasuredServer(cpu);
    await measure({ cpuPercent: 190 }, 61);
    addServer({ id, power: 'running', limits: { memoryBytes: null, diskBytes: null, cpuPercent: null } });
    await measure({ cpuPercent: 190 }, 1);
    expect(log.recent).toHaveLength(1);
    expect(log.lastingOf(id)).toEqual([]);
  });

  it('that falls below the limit for a moment has to exceed it for the whole time again', async () => {
    const { log, measure } = aMeasuredServer(cpu);
    for (let time = 0; time < 5; time++) {
      await measure({ cpuPercent: 200 }, 50);
      await measure({ cpuPercent: 100 }, 1);
    }
    expect(log.recent).toEqual([]);
  });

  it('that hovers around the limit gets one event', async () => {
    const { log, measure } = aMeasuredServer({ memory: { percent: 90, seconds: 2 } });
    for (let time = 0; time < 20; time++) {
      await measure({ memoryBytes: 910 }, 5);
      await measure({ memoryBytes: 870 }, 5);
    }
    expect(log.recent).toHaveLength(1);
    expect(log.recent[0]?.endedAt).toBeNull();
  });

  it('is compared with the limit that the node reports, if any', async () => {
    const { log, measure } = aMeasuredServer({ memory: { percent: 90, seconds: 0 } });
    await measure({ memoryBytes: 950, memoryLimitBytes: 2000 }, 3);
    expect(log.recent).toEqual([]);
  });

  it('is not logged without a limit or without a rule', async () => {
    const { log, measure, addServer, id } = aMeasuredServer({ disk: { percent: 95, seconds: 0 } });
    await measure({ cpuPercent: 200, diskBytes: 960 }, 1);
    expect(log.recent).toMatchObject([{ endedAt: null, what: { of: 'disk' } }]);
    addServer({ id, power: 'running', limits: { memoryBytes: null, diskBytes: null, cpuPercent: null } });
    await measure({ cpuPercent: 900, diskBytes: 960 }, 1);
    expect(log.lastingOf(id)).toEqual([]);
  });
});
