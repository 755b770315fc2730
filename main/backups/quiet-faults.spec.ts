import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QuietMeans } from '../../bridge/schema/quiet-backups.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { QuietRig, quietNames as names, quietServer } from '../../tests/support/quiet-rig.js';

const minute = 60_000;
const hour = 60 * minute;

type RandomFault = 'cut' | 'refuse' | 'unsure' | 'lose' | 'refuse-backup' | 'fail' | 'kill' | 'end';

/** Shortest time in ms in which one fault alone hides the game's answer to both `save-off` of a backup. */
const hidingMs = 40_000;

/** Faults that keep a command from the game, or the game's answer from Perch. */
const hiding: readonly RandomFault[] = ['cut', 'refuse', 'unsure', 'lose'];

describe('a quiet backup', () => {
  it('a server is left as found after any fault, never started if found stopped, and Perch reports the trouble', async () => {
    const step = fc.record({
      after: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 120_000 })),
      fault: fc.constantFrom<RandomFault>(
        'cut',
        'refuse',
        'unsure',
        'lose',
        'refuse-backup',
        'fail',
        'kill',
        'end',
      ),
      lasts: fc.integer({ min: 0, max: 400_000 }),
    });
    const world = fc.record({
      means: fc.constantFrom<QuietMeans>('saving', 'stop', 'as-is'),
      power: fc.constantFrom('running' as const, 'offline' as const),
      isSaving: fc.boolean(),
      // `save-off` is sent after 4 s and answered 0.1 s later.
      lead: fc.constantFrom(0, 3990, 4050, 4 * minute, 5 * minute),
      steps: fc.array(step, { maxLength: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(world, async ({ means, power, isSaving, lead, steps }) => {
        const rig = new QuietRig(means, { power });
        rig.isSaving = isSaving;
        await rig.perch.start();
        await rig.begin();
        await rig.clock.advance(lead);
        for (const { after, fault, lasts } of steps) {
          await rig.clock.advance(after);
          await inject(rig, fault);
          await rig.clock.advance(lasts);
          rig.link(true);
          rig.refused.clear();
          rig.lost.clear();
        }
        await rig.clock.advance(9 * hour);
        const isRestarted = names(rig).includes('start');
        expect(rig.power).toBe(power);
        // A new process saves. Without an answer to save-off nobody knows whether saving was off before.
        expect(rig.isSaving).toBe(isSaving || isRestarted || rig.isUntold);
        if (rig.isUntold) expect(rig.troubles.length).toBeGreaterThan(0);
        if (rig.isUntold && !steps.some(({ fault }) => fault === 'kill')) {
          // Two short faults may hide an answer each.
          const faults = steps.filter(({ fault }) => hiding.includes(fault));
          expect(faults.length > 1 || (faults[0]?.lasts ?? 0) > hidingMs).toBe(true);
        }
        expect([rig.kept, rig.perch.current]).toEqual([[], []]);
        if (power === 'offline') expect(isRestarted).toBe(false);
        const isQuiet =
          rig.backup?.state === 'good' || steps.some(({ fault }) => fault !== 'cut' && fault !== 'lose');
        expect(isQuiet || rig.troubles.length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  async function inject(rig: QuietRig, fault: RandomFault): Promise<void> {
    switch (fault) {
      case 'cut':
        return rig.link(false);
      case 'refuse':
        for (const order of ['command', 'power']) rig.refused.set(order, aProblem('node-unreachable'));
        return;
      case 'unsure':
        for (const order of ['command', 'power'])
          rig.refused.set(order, aProblem('timeout', { maybeDone: true }));
        return;
      case 'lose':
        for (const order of ['save-off', 'save-all flush', 'save-on']) rig.lost.add(order);
        return;
      case 'refuse-backup':
        return void rig.refused.set('create', aProblem('rate-limited'));
      case 'fail':
        return void (rig.result = 'failed');
      case 'kill':
        return rig.kill();
      case 'end':
        return rig.perch.bringBack(quietServer);
    }
  }
});
