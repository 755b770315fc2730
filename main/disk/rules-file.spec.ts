import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keptRuleSchema, type KeptRule } from '../../bridge/schema/rule-runs.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { refused } from '../../tests/support/refused.js';
import { aRule } from '../../tests/support/rule-examples.js';
import { KeptLogsFolder } from './kept-logs-folder.js';
import { RuleRunsFile } from './rule-runs-file.js';
import { RulesFile } from './rules-file.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-rules-'));
  setAside.mockClear();
});
afterEach(() => removeFolder(folder));

const setAside = vi.fn();
const open = (): RulesFile => new RulesFile(folder, new FakeLog(), setAside);
const path = (): string => join(folder, 'rules.json');
const put = (value: unknown): void => writeFileSync(path(), JSON.stringify(value));

describe('rules.json', () => {
  it('returns the saved rules', async () => {
    expect(await open().load()).toEqual([]);
    await open().save([aRule(), aRule({ id: 'r2', agreedAt: null })]);
    expect(await open().load()).toEqual([aRule(), aRule({ id: 'r2', agreedAt: null })]);
    expect(setAside).not.toHaveBeenCalled();
  });

  it('is renamed if it is damaged', async () => {
    writeFileSync(path(), '{"version":1,"rules":[');
    expect(await open().load()).toEqual([]);
    expect(setAside).toHaveBeenCalledWith(expect.objectContaining({ content: 'rules', why: 'damaged' }));
    expect(readdirSync(folder)).toEqual([expect.stringContaining('rules.json.damaged-')]);
  });

  it('loses one damaged rule and no other, and a copy stays', async () => {
    put({
      version: 1,
      rules: [aRule(), { ...aRule({ id: 'r2' }), steps: [{ kind: 'power', signal: 'kill' }] }],
    });
    expect(await open().load()).toEqual([aRule()]);
    expect(setAside).toHaveBeenCalledWith(expect.objectContaining({ why: 'parts' }));
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('has each id once: a second rule of the same id has no agreement of its own', async () => {
    put({ version: 1, rules: [aRule(), aRule({ trigger: { kind: 'line', text: 'hello' } })] });
    expect(await open().load()).toEqual([aRule()]);
    expect(setAside).toHaveBeenCalledWith(expect.objectContaining({ why: 'parts' }));
  });

  it('of a newer Perch stays unchanged: no rule runs, and Perch saves nothing', async () => {
    put({ version: 2, rules: [aRule()] });
    const before = readFileSync(path(), 'utf8');
    const file = open();
    expect([file.isNewer, await file.load(), file.isNewer]).toEqual([false, [], true]);
    expect(setAside).toHaveBeenCalledWith({ content: 'rules', why: 'newer', file: path() });
    expect(await refused(file.save([]))).toMatchObject({ code: 'conflict' });
    expect(readFileSync(path(), 'utf8')).toBe(before);
  });
});

describe('rule-runs.json', () => {
  const runsPath = (): string => join(folder, 'rule-runs.json');
  const openRuns = (): RuleRunsFile => new RuleRunsFile(folder, new FakeLog(), setAside);
  const kept = (ruleId: string): KeptRule =>
    keptRuleSchema.parse({
      ruleId,
      agreedAt: 1,
      savedAt: 2,
      failures: 0,
      times: { settledAt: 2, ranAt: null, era: 0 },
      missed: [],
      offBy: null,
      unstored: [],
      causes: [{ key: 'event:1', at: 1 }],
      lanes: {},
    });

  it('is renamed if it is damaged', async () => {
    writeFileSync(runsPath(), '{"version":1,"rules":');
    expect(await openRuns().load()).toEqual([]);
    expect(setAside).toHaveBeenCalledWith(expect.objectContaining({ content: 'rule-runs', why: 'damaged' }));
    await openRuns().save([]);
    expect(await openRuns().load()).toEqual([]);
  });

  it('loses one damaged entry and no other, and a copy stays', async () => {
    const rules = [kept('r1'), { ...kept('r2'), failures: 'x' }, kept('r3')];
    writeFileSync(runsPath(), JSON.stringify({ version: 1, rules }));
    const before = readFileSync(runsPath(), 'utf8');
    expect(await openRuns().load()).toEqual([kept('r1'), kept('r3')]);
    expect(setAside).toHaveBeenCalledWith(expect.objectContaining({ content: 'rule-runs', why: 'parts' }));
    const [copy] = readdirSync(folder).filter((name) => name.includes('damaged'));
    expect(readFileSync(join(folder, copy ?? ''), 'utf8')).toBe(before);
    await openRuns().save([kept('r1')]);
    expect(await openRuns().load()).toEqual([kept('r1')]);
  });

  it('of a newer Perch stays unchanged, and Perch saves nothing', async () => {
    writeFileSync(runsPath(), JSON.stringify({ version: 2, rules: [kept('r1')] }));
    const before = readFileSync(runsPath(), 'utf8');
    const file = openRuns();
    expect([file.isNewer, await file.load(), file.isNewer]).toEqual([false, [], true]);
    expect(setAside).toHaveBeenCalledWith({ content: 'rule-runs', why: 'newer', file: runsPath() });
    expect(await refused(file.save([]))).toMatchObject({ code: 'conflict' });
    expect([readFileSync(runsPath(), 'utf8'), readdirSync(folder)]).toEqual([before, ['rule-runs.json']]);
  });
});

it('keeps the newest 20 logs, under names that no server can choose', async () => {
  const logs = new KeptLogsFolder(folder);
  for (let count = 0; count < 25; count++)
    await logs.write('home/../../evil', Date.UTC(2026, 0, 1, 0, count), [`${count}`]);
  const names = readdirSync(join(folder, 'kept-logs')).sort();
  expect(names).toHaveLength(20);
  expect(names[0]).toBe('2026-01-01T00-05-00.000Z evil.log');
  expect(readFileSync(join(folder, 'kept-logs', names[19] ?? ''), 'utf8')).toBe('24\n');
  expect(existsSync(join(folder, 'evil.log'))).toBe(false);
});

it('keeps a log that a clock set back makes the oldest one', async () => {
  const logs = new KeptLogsFolder(folder);
  for (let count = 0; count < 20; count++) await logs.write('home/a', Date.UTC(2026, 0, 1, 0, count), ['x']);
  const path = await logs.write('home/a', Date.UTC(1970, 0, 1), ['the crash']);
  expect(readFileSync(path, 'utf8')).toBe('the crash\n');
  expect(readdirSync(join(folder, 'kept-logs'))).toHaveLength(20);
});
