import { describe, expect, it } from 'vitest';
import { verbatim } from '../../../messages/messages.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { RouteTrial } from './route-trial.svelte.js';

describe('trying the way to the panels', () => {
  it('tests each panel, and keeps each result', async () => {
    const bridge = new FakeBridge();
    const trial = new RouteTrial(new PerchClient(bridge), () => ['home', 'work']);
    const result = { ways: [{ kind: 'http' as const, proxy: 'proxy:3128' }], problem: null };
    bridge.answer('accounts.tryRoute', result);
    expect(trial.isRunning).toBe(false);
    const run = trial.run();
    expect(trial.isRunning).toBe(true);
    await run;
    expect(bridge.calls.map(({ input }) => input)).toEqual([{ accountId: 'home' }, { accountId: 'work' }]);
    expect([...trial.results]).toEqual([
      ['home', result],
      ['work', result],
    ]);
    expect(trial.isRunning).toBe(false);
  });

  it('ignores the results of an earlier run', async () => {
    const bridge = new FakeBridge();
    const trial = new RouteTrial(new PerchClient(bridge), () => ['home']);
    const release = bridge.hold('accounts.tryRoute');
    const first = trial.run();
    const releaseSecond = bridge.hold('accounts.tryRoute');
    const second = trial.run();
    release({ ways: [], problem: null });
    await first;
    expect([trial.results.size, trial.isRunning]).toEqual([0, true]);
    const ways = [{ kind: 'http' as const, proxy: 'proxy:3128' }];
    releaseSecond({ ways, problem: null });
    await second;
    expect([trial.results.get('home')?.ways, trial.isRunning]).toEqual([ways, false]);
  });

  it("shows main's problem if a panel cannot be tested", async () => {
    const bridge = new FakeBridge();
    const trial = new RouteTrial(new PerchClient(bridge), () => ['gone']);
    const problem = { code: 'not-found' as const, message: verbatim('Gone.'), next: verbatim('Nothing.') };
    bridge.refuse('accounts.tryRoute', problem);
    await trial.run();
    expect(trial.results.get('gone')).toEqual({ ways: [], problem });
  });
});
