import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../tests/support/fake-clock.js';
import { FakeUtilities, streamsSettle } from '../../../tests/support/fake-utility.js';
import { Utility } from './utility.js';

function made() {
  const utilities = new FakeUtilities();
  const process = utilities.fork('/app/game.mjs', { args: [], env: {}, name: 'Game' });
  const clock = new FakeClock();
  const utility = new Utility(process, utilities.send);
  const heard: string[] = [];
  utility.onOutput((pipe, bytes) => heard.push(`${pipe} ${bytes.toString()}`), {
    clock,
    ended: (status) => heard.push(`ended ${status}`),
  });
  return { fake: utilities.at(0), clock, utility, heard };
}

describe('Utility', () => {
  it('reports the end after the remaining output', async () => {
    const { fake, heard } = made();
    fake.begin(7);
    fake.stdout.write('hello');
    await streamsSettle();
    fake.finish(3, 'goodbye');
    await streamsSettle();
    expect(heard).toEqual(['out hello', 'out goodbye', 'ended 3']);
  });

  it('does not wait for a pipe that never closes', async () => {
    const { fake, clock, heard } = made();
    fake.begin(7);
    fake.emit('exit', 9);
    await settle();
    expect(heard).toEqual([]);
    await clock.advance(1000);
    expect(heard).toEqual(['ended 9']);
    expect(clock.pending).toBe(0);
  });

  it('keeps a signal until the process runs; a kill wins', () => {
    const { fake, utility } = made();
    utility.kill('SIGKILL');
    utility.kill('SIGTERM');
    expect(fake.signals).toEqual([]);
    fake.begin(7);
    expect(fake.signals).toEqual(['SIGKILL']);
  });

  it('sends nothing to an ended process, whose id may belong to another by now', () => {
    const { fake, utility } = made();
    fake.begin(7);
    fake.finish(0);
    fake.pid = 7;
    utility.kill('SIGKILL');
    utility.post({ kind: 'late' });
    expect([fake.signals, fake.messages]).toEqual([[], []]);
  });

  it('ignores a process that ends at the same moment', () => {
    const { fake, utility } = made();
    fake.begin(7);
    // The operating system has removed the process before its exit event.
    fake.gone = true;
    expect(() => utility.kill('SIGTERM')).not.toThrow();
    expect(fake.signals).toEqual([]);
  });
});
