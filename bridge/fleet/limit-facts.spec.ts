import { describe, expect, it } from 'vitest';
import { allowanceFacts, factsText, limitFacts } from './limit-facts.js';

const mib = 1_048_576;
const least = { memoryBytes: null, diskBytes: null, cpuPercent: null };

describe('limits in words', () => {
  it('name each limit', () => {
    const limits = {
      memoryBytes: 4096 * mib,
      swapBytes: 512 * mib,
      diskBytes: 20_480 * mib,
      cpuPercent: 200,
      threads: '0-1,3',
      ioWeight: 500,
      oomKiller: true,
    };
    expect(factsText(limitFacts(limits)).split('\n')).toEqual([
      'Memory: 4 GiB',
      'Swap: 512 MiB',
      'Disk: 20 GiB',
      'CPU: 200 %',
      'CPU cores: 0-1,3',
      'Disk I/O weight: 500',
      'OOM killer: On: at the memory limit, the node ends a process',
    ]);
  });

  it('say which limits are absent, and leave out limits that the panel does not name', () => {
    expect(factsText(limitFacts(least)).split('\n')).toEqual([
      'Memory: Unlimited',
      'Disk: Unlimited',
      'CPU: Unlimited',
    ]);
    const texts = limitFacts({ ...least, swapBytes: 0, threads: null, oomKiller: false });
    expect(texts.map(({ text }) => text)).toEqual([
      'Unlimited',
      'None',
      'Unlimited',
      'Unlimited',
      'All',
      'Off: at the memory limit, processes wait',
    ]);
    expect(limitFacts({ ...least, swapBytes: null })).toContainEqual({ name: 'Swap', text: 'Unlimited' });
  });
});

describe('the limits of the host', () => {
  it.each([
    [{ backups: 3, databases: 2, allocations: 4 }, ['Backups: 3', 'Databases: 2', 'Addresses: 4']],
    [
      { backups: 0, databases: 0, allocations: 0 },
      ['Backups: None', 'Databases: None', 'Addresses: No further ones'],
    ],
    [{ databases: null }, ['Databases: Unlimited']],
    [{}, []],
  ])('of %j is %j', (allowed, words) => {
    const facts = allowanceFacts({ ...least, ...allowed });
    expect(facts.map(({ name, text }) => `${name}: ${text}`)).toEqual(words);
  });
});
