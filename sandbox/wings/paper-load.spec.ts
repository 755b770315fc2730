import { expect, test } from 'vitest';
import { paperLoad, readPaperLoad } from './paper-load.js';

test.each([undefined, '', '1/2/3', 'a/0.5/1/1', '1/0.5/x/1'])('%s is no load', (text) => {
  expect(readPaperLoad(text)).toBeNull();
});

test('a server shows its ordered load, varies, and has run for a while', () => {
  const load = readPaperLoad('100/0.5/2/9000');
  if (load === null) throw new Error('It is one.');
  const seen = Array.from({ length: 200 }, (_, second) => paperLoad(load, second * 1000, 1024));
  for (const { cpuPercent, memoryBytes } of seen) {
    expect(Math.abs(cpuPercent - 100)).toBeLessThan(10);
    expect(Math.abs(memoryBytes / (512 * 1_048_576) - 1)).toBeLessThan(0.01);
  }
  expect(new Set(seen.map(({ cpuPercent }) => cpuPercent)).size).toBeGreaterThan(100);
  expect(seen[1]?.uptimeMs).toBe(2 * 3_600_000 + 1000);
  const sent = seen.map(({ network }) => network?.tx_bytes ?? 0);
  expect(sent.toSorted((one, other) => one - other)).toEqual(sent);
});
