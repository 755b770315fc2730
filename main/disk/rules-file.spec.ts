import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeLog } from '../../tests/support/fake-log.js';
import { refused } from '../../tests/support/refused.js';
import { aRule } from '../../tests/support/rule-examples.js';
import { KeptLogsFolder } from './kept-logs-folder.js';
import { RuleRunsFile } from './rule-runs-file.js';
import { RulesFile } from './rules-file.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-rules-'));
  setAside.mockClear();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const setAside = vi.fn();
const open = (): RulesFile => new RulesFile(folder, new FakeLog(), setAside);
const path = (): string => join(folder, 'rules.json');
const put = (value: unknown): void => writeFileSync(path(), JSON.stringify(value));

describe('rules.json', () => {
  it('returns what was saved', async () => {
    expect(await open().load()).toEqual([]);
    await open().save([aRule(), aRule({ id: 'r2', agreedAt: null })]);
    expect(await open().load()).toEqual([aRule(), aRule({ id: 'r2', agreedAt: null })]);
    expect(setAside).not.toHaveBeenCalled();
  });

  it('is kept aside if it is damaged', async () => {
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

  it('of a newer Perch stays as it is: nothing runs and nothing is saved', async () => {
    put({ version: 2, rules: [aRule()] });
    const before = readFileSync(path(), 'utf8');
    const file = open();
    expect([file.isNewer, await file.load(), file.isNewer]).toEqual([false, [], true]);
    expect(setAside).toHaveBeenCalledWith({ content: 'rules', why: 'newer', file: path() });
    expect(await refused(file.save([]))).toMatchObject({ code: 'conflict' });
    expect(readFileSync(path(), 'utf8')).toBe(before);
  });
});

it('keeps a damaged state of runs aside', async () => {
  writeFileSync(join(folder, 'rule-runs.json'), '{"version":1,"rules":[{"ruleId":5}]}');
  const file = new RuleRunsFile(folder, new FakeLog(), setAside);
  expect(await file.load()).toEqual([]);
  expect(setAside).toHaveBeenCalledWith(expect.objectContaining({ content: 'rule-runs', why: 'damaged' }));
  await file.save([]);
  expect(await file.load()).toEqual([]);
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
