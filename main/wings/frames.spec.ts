import { describe, expect, it } from 'vitest';
import { parseFeatureMatch, parseFrame, parseStats } from './frames.js';

const whole = {
  memory_bytes: 1,
  memory_limit_bytes: 2,
  cpu_absolute: 3.5,
  network: { rx_bytes: 4, tx_bytes: 5 },
  uptime: 6,
  state: 'running',
  disk_bytes: 7,
};

describe('parseFrame', () => {
  it.each([
    ['{"event":"a"}', []],
    ['{"event":"a","args":null}', []],
    ['{"event":"a","args":["b",null],"more":1}', ['b', '']],
  ])('reads %s', (text, args) => {
    expect(parseFrame(text)).toEqual({ ok: true, frame: { event: 'a', args } });
  });

  it.each([
    ['{', 'not-json'],
    ['null', 'not-a-frame'],
    ['[]', 'not-a-frame'],
    ['{"event":""}', 'not-a-frame'],
    ['{"event":1}', 'not-a-frame'],
    [`{"event":"${'a'.repeat(201)}"}`, 'not-a-frame'],
    ['{"event":"a","args":"b"}', 'not-a-frame'],
    ['{"event":"a","args":[1]}', 'not-a-frame'],
  ])('rejects %s', (text, malformed) => {
    expect(parseFrame(text)).toEqual({ ok: false, malformed });
  });
});

describe('parseStats', () => {
  it('reads present fields, and fills in missing fields', () => {
    expect(parseStats(JSON.stringify(whole), 9)).toEqual({
      power: 'running',
      usage: {
        at: 9,
        cpuPercent: 3.5,
        memoryBytes: 1,
        memoryLimitBytes: 2,
        diskBytes: 7,
        networkRxBytes: 4,
        networkTxBytes: 5,
        uptimeMs: 6,
      },
    });
    const least = { memory_bytes: 1, cpu_absolute: 2, state: 'dreaming' };
    expect(parseStats(JSON.stringify(least), 9)).toMatchObject({
      power: null,
      usage: { memoryLimitBytes: null, diskBytes: 0, networkRxBytes: 0, uptimeMs: 0 },
    });
  });

  it.each([
    { memory_bytes: -1 },
    { memory_bytes: '1' },
    { memory_bytes: undefined },
    { cpu_absolute: 1e30 },
    { cpu_absolute: null },
    { disk_bytes: null },
    { network: null },
    { network: { rx_bytes: 1 } },
    { state: undefined },
    { uptime: 'long' },
  ])('rejects %j', (fields) => {
    expect(parseStats(JSON.stringify({ ...whole, ...fields }), 9)).toBeNull();
  });

  it.each(['', 'null', '[]', '"running"'])('rejects %s', (text) => {
    expect(parseStats(text, 9)).toBeNull();
  });
});

describe('parseFeatureMatch', () => {
  it('reads the feature and the line', () => {
    const text = '{"key":"eula","pattern":"agree","line":"You need to agree"}';
    expect(parseFeatureMatch(text)).toEqual({ feature: 'eula', line: 'You need to agree' });
  });

  it.each(['', '{}', '[]', '{"key":"eula"}', '{"key":1,"line":"x"}'])('rejects %j', (text) => {
    expect(parseFeatureMatch(text)).toBeNull();
  });
});
