import { describe, expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import { sentence, verbatim } from '../../messages/messages.js';
import { FakeClock, settle } from '../../tests/support/fake-clock.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { Doctor } from './doctor.js';
import type { Finding, DoctorStep } from './step.js';

const good: Finding = { result: 'good', detail: sentence('diagnostics.answers') };

function aStep(fields: Partial<DoctorStep> = {}): DoctorStep {
  return { id: 'versions', panel: null, deadlineMs: 5000, run: () => Promise.resolve(good), ...fields };
}

/** Step that ends on command. */
function slow(fields: Partial<DoctorStep> = {}) {
  let end: (finding: Finding) => void = () => undefined;
  let begun = 0;
  const run = (): Promise<Finding> => {
    begun++;
    return new Promise((resolve) => (end = resolve));
  };
  return { step: aStep({ ...fields, run }), end: () => end(good), begun: () => begun };
}

function setUp(...steps: DoctorStep[]) {
  const clock = new FakeClock();
  return { clock, doctor: new Doctor({ clock, log: new FakeLog(), steps: () => Promise.resolve(steps) }) };
}

describe('Doctor', () => {
  it('reports each step as it ends, with its time, in the order of the list', async () => {
    const first = slow({ id: 'tray' });
    const second = slow({ id: 'keychain' });
    const { clock, doctor } = setUp(first.step, second.step);
    expect(doctor.current).toBeNull();
    const results = (): unknown[] => doctor.current?.steps.map(({ outcome }) => outcome?.result) ?? [];
    const told: unknown[][] = [];
    doctor.listen(() => told.push(results()));
    const run = doctor.run();
    await settle();
    expect(second.begun()).toBe(0);
    await clock.advance(40);
    first.end();
    await settle();
    expect(doctor.current?.steps[0]?.outcome).toMatchObject({ result: 'good', ms: 40, next: null });
    expect(doctor.current?.isRunning).toBe(true);
    second.end();
    expect(await run).toMatchObject({ isRunning: false });
    expect(told).toEqual([
      [undefined, undefined],
      ['good', undefined],
      ['good', 'good'],
      ['good', 'good'],
    ]);
  });

  it('continues after a step that throws at once', async () => {
    const throws = aStep({
      run: () => {
        throw new Error('gone');
      },
    });
    const { clock, doctor } = setUp(throws, aStep({ id: 'tray' }));
    const told = await doctor.run();
    expect(told.isRunning).toBe(false);
    expect(told.steps.map(({ outcome }) => outcome?.result)).toEqual(['bad', 'good']);
    expect(clock.pending).toBe(0);
  });

  it('tests panels in parallel, so that a hanging panel delays no other', async () => {
    const hangs = slow({ panel: { number: 1, label: 'a' } });
    const { doctor } = setUp(hangs.step, aStep({ panel: { number: 2, label: 'b' } }));
    void doctor.run();
    await settle();
    expect(doctor.current?.steps.map(({ outcome }) => outcome?.result)).toEqual([undefined, 'good']);
  });

  it('ends a step at its deadline, and continues', async () => {
    const hangs = slow({ id: 'keychain', deadlineMs: 3000 });
    const { clock, doctor } = setUp(hangs.step, aStep());
    const run = doctor.run();
    await settle();
    await clock.advance(3000);
    const { steps } = await run;
    expect(steps.map(({ outcome }) => outcome?.result)).toEqual(['bad', 'good']);
    hangs.end();
    await settle();
    expect(doctor.current?.steps[0]?.outcome?.result).toBe('bad');
    expect(doctor.report()).toContain('keychain              problem=deadline');
  });

  it('shows a thrown error, and shares only its code', async () => {
    const problem = aProblem('panel-unreachable', { message: verbatim('No way to secret.example.com.') });
    const { doctor } = setUp(aStep({ run: () => Promise.reject(new PerchError(problem)) }));
    const { steps } = await doctor.run();
    expect(steps[0]?.outcome).toMatchObject({ result: 'bad', detail: problem.message, next: problem.next });
    expect(doctor.report()).toContain('problem=panel-unreachable');
    expect(doctor.report()).not.toContain('secret');
  });

  it('runs once for simultaneous requests, and again afterwards', async () => {
    const one = slow();
    const { doctor } = setUp(one.step);
    const runs = [doctor.run(), doctor.run()];
    await settle();
    one.end();
    await Promise.all(runs);
    expect(one.begun()).toBe(1);
    const again = doctor.run();
    await settle();
    one.end();
    await again;
    expect(one.begun()).toBe(2);
  });
});
