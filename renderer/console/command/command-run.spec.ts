import { describe, expect, it } from 'vitest';
import { PerchError, type Problem } from '../../../bridge/errors.js';
import { verbatim } from '../../../messages/messages.js';
import { CommandRun } from './command-run.svelte.js';

const problem: Problem = {
  code: 'offline',
  message: verbatim('The server is offline.'),
  next: verbatim('Start it.'),
};

const at = (): number => 1000;

describe('CommandRun', () => {
  it('sends each command after the acceptance of the previous command', async () => {
    const under: string[] = [];
    const seen: string[][] = [];
    const run = new CommandRun(async (command) => {
      under.push(command);
      seen.push([...under]);
      await Promise.resolve();
      under.pop();
    }, at);
    await run.start(['a', 'b', 'c']);
    expect(seen).toEqual([['a'], ['b'], ['c']]);
    expect([run.sent, run.total, run.isRunning]).toEqual([3, 3, false]);
  });

  it('ends at a refused command, with the reason', async () => {
    const run = new CommandRun(
      (command) => (command === 'b' ? Promise.reject(new PerchError(problem)) : Promise.resolve()),
      at,
    );
    await run.start(['a', 'b', 'c']);
    expect(run.sent).toBe(1);
    expect(run.problem).toEqual(problem);
    expect(run.isRunning).toBe(false);
  });

  it('passes the start of the run with each command', async () => {
    const times: number[] = [];
    let now = 1000;
    const run = new CommandRun(
      (_, since) => {
        times.push(since);
        now += 500;
        return Promise.resolve();
      },
      () => now,
    );
    await run.start(['a', 'b']);
    expect(times).toEqual([1000, 1000]);
  });

  it('sends no further command after a stop', async () => {
    const sent: string[] = [];
    const run = new CommandRun((command) => {
      sent.push(command);
      if (command === 'b') run.stop();
      return Promise.resolve();
    }, at);
    await run.start(['a', 'b', 'c']);
    expect(sent).toEqual(['a', 'b']);
    expect(run.isRunning).toBe(false);
  });

  it('leaves commands with the window as long as they can be stopped', async () => {
    const sent: string[] = [];
    let pauses = 0;
    const run: CommandRun = new CommandRun(
      (command) => {
        sent.push(command);
        return Promise.resolve();
      },
      at,
      () => {
        pauses += 1;
        if (pauses === 3) run.stop();
        return Promise.resolve();
      },
    );
    await run.start(Array.from({ length: 20 }, (_, index) => `say ${index}`));
    expect(sent).toHaveLength(7);
    expect(run.isRunning).toBe(false);
  });
});
