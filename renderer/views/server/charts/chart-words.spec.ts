import { afterEach, describe, expect, it } from 'vitest';
import type { UsageSample } from '../../../../bridge/schema/history.js';
import { aSample } from '../../../../tests/support/samples.js';
import { speak } from '../../../../messages/messages.js';
import { chartKinds } from './chart-kinds.js';
import { chartSummary, limitWords, momentWords, sampleWords, valueWords } from './chart-words.js';

const { cpu, memory, network } = chartKinds;
const mib = 1024 ** 2;
const figures = {
  cpuPercent: 12,
  memoryBytes: 612 * mib,
  receivedPerSecond: 1200,
  sentPerSecond: 300,
  players: 12,
};
const sample = aSample(0, figures);

afterEach(() => speak(() => 'en'));

describe('the words of a chart', () => {
  it('gives the value, its limit and the highest visible value', () => {
    expect(chartSummary(cpu, { now: [12], limit: 200, highest: [43] })).toBe(
      'CPU 12 % of 200 %, highest in view 43 %',
    );
    expect(chartSummary(memory, { now: [612 * mib], limit: null, highest: [700 * mib] })).toBe(
      'Memory 612 MiB, unlimited, highest in view 700 MiB',
    );
    expect(chartSummary(network, { now: [1200, 300], limit: undefined, highest: [4096, null] })).toBe(
      'Network 1.2 KiB/s received, 300 B/s sent, highest in view 4 KiB/s received',
    );
  });

  it('says that the chart has no measurements', () => {
    expect(chartSummary(cpu, { now: [null], limit: 200, highest: [null] })).toBe(
      'CPU: not measured right now',
    );
    expect(chartSummary(cpu, { now: [null], limit: 200, highest: [43] })).toBe(
      'CPU: not measured right now, highest in view 43 %',
    );
  });

  it('omits unknown values', () => {
    expect(valueWords(network, [null, 300])).toBe('300 B/s sent');
    expect(valueWords(cpu, [null])).toBe('');
    expect([limitWords(cpu, 50), limitWords(cpu, null), limitWords(network, undefined)]).toEqual([
      'of 50 %',
      'of ∞',
      '',
    ]);
  });

  it('describes a moment of all charts at once', () => {
    const at = (one: UsageSample | null): string => momentWords('12:41:05', [cpu, memory, network], one);
    expect(at(sample)).toBe('12:41:05: CPU 12 %, Memory 612 MiB, Network 1.2 KiB/s received, 300 B/s sent');
    expect(at(null)).toBe('12:41:05: not measured');
    expect(at({ ...sample, receivedPerSecond: null, sentPerSecond: null })).toBe(
      '12:41:05: CPU 12 %, Memory 612 MiB',
    );
  });

  it('gives minimum and maximum of an average if they differ', () => {
    const low = { ...sample, cpuPercent: 3, receivedPerSecond: null };
    const high = { ...sample, cpuPercent: 40, receivedPerSecond: 2048 };
    expect(sampleWords(cpu, { ...sample, low, high })).toBe('12 % (3 % to 40 %)');
    expect(sampleWords(memory, { ...sample, low, high })).toBe('612 MiB');
    expect(sampleWords(network, { ...sample, low, high })).toBe(
      '1.2 KiB/s (1.2 KiB/s to 2 KiB/s) received, 300 B/s sent',
    );
  });

  it("uses another language's number format", () => {
    speak(() => 'de');
    expect(chartSummary(memory, { now: [1.5 * 1024 * mib], limit: null, highest: [700 * mib] })).toBe(
      'Arbeitsspeicher 1,5 GiB, unbegrenzt, Höchstwert im Ausschnitt 700 MiB',
    );
    expect(valueWords(network, [1200, 300])).toBe('1,2 KiB/s empfangen, 300 B/s gesendet');
  });
});
