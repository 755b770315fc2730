import { describe, expect, it } from 'vitest';
import type { Backup } from '../../bridge/schema/backups.js';
import { someSettings } from '../../tests/support/entities.js';
import { aBackup } from '../../tests/support/fake-backups.js';
import { aPlansRig, day, four, hour, midnight } from '../../tests/support/plans-rig.js';

describe('a backup whose turn comes late', () => {
  it('is missed after an hour in the line, and stops no server at noon', async () => {
    const { begun, clock, panel, run, told } = aPlansRig({ servers: ['a', 'b'] });
    const plans = run();
    panel.restUntil = four + 60_000;
    await clock.advance(four - midnight + 1000);
    panel.restUntil = null;
    clock.sleep(8 * hour);
    await clock.advance(hour);
    expect(begun).toEqual([]);
    const problem = { id: 'backup-plans.turn-late' };
    expect(told).toMatchObject([{ why: 'refused', serverIds: ['home/a', 'home/b'], problem }]);
    expect(plans.of('home/b')?.last).toMatchObject({ at: four, outcome: 'refused', problem });
    plans.catchUp(['home/a']);
    await clock.advance(1000);
    expect(begun).toHaveLength(1);
  });

  it('is made once if a missed one still waits when the next is due', async () => {
    const { begun, clock, panel, run } = aPlansRig({ servers: ['a', 'b'] });
    const first = run();
    await clock.advance(hour);
    first.stop();
    await clock.advance(3 * day);
    const plans = run();
    await clock.advance(four + 3 * day - 60_000 - clock.wall());
    panel.restUntil = four + 3 * day + 60_000;
    plans.catchUp(['home/a', 'home/b']);
    await clock.advance(hour);
    expect(begun).toEqual([`a at ${3 * day + 60_000}`, `b at ${3 * day + 62_000}`]);
    expect(plans.of('home/a')?.last).toMatchObject({ at: four + 3 * day, outcome: 'begun' });
  });

  it('is made once if a missed one is being made quiet when the next is due', async () => {
    const { begun, clock, panel, run, told } = aPlansRig({
      choices: { plan: { minute: 240, quietly: true } },
    });
    const first = run();
    await clock.advance(hour);
    first.stop();
    await clock.advance(3 * day);
    const plans = run();
    await clock.advance(four + 3 * day - 60_000 - clock.wall());
    let make = (_backup: Backup): void => undefined;
    panel.made = () => new Promise((resolve) => (make = resolve));
    plans.catchUp(['home/a']);
    await clock.advance(2 * 60_000);
    make(aBackup('quiet'));
    await clock.advance(hour);
    expect(begun).toEqual([`a quietly at ${3 * day - 60_000}`]);
    expect(plans.of('home/a')?.last).toMatchObject({ outcome: 'good', backup: 'quiet' });
    expect(told).toMatchObject([{ why: 'closed' }]);
  });

  it('is not missed once the server has no plan any more', async () => {
    const { begun, clock, disk, panel, records, run, settings, told } = aPlansRig();
    const first = run();
    panel.restUntil = four + hour;
    await clock.advance(four - midnight + 1000);
    settings.set(someSettings());
    await clock.advance(2000);
    expect(records.map(({ end }) => end)).toEqual(['switched-off']);
    expect(disk.runs[0]?.lanes['home/a']?.run).toBeNull();
    first.stop();
    run();
    await clock.advance(2 * hour);
    expect([begun, told]).toEqual([[], []]);
  });
});
