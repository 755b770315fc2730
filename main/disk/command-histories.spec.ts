import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { CommandHistoriesFile } from './command-histories.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'perch-histories-'))));
afterEach(() => removeFolder(folder));

function open() {
  const clock = new FakeClock();
  const log = new FakeLog();
  return { clock, log, histories: new CommandHistoriesFile({ folder, clock, log }) };
}

const file = () => join(folder, 'histories.json');

describe('CommandHistoriesFile', () => {
  it('keeps the commands of each server over a restart', async () => {
    const first = open();
    first.histories.add('home/1', 'list');
    first.histories.add('home/1', 'say hi');
    first.histories.add('home/1', 'say hi');
    first.histories.add('home/2', 'stop');
    expect(await first.histories.of('home/1')).toEqual(['list', 'say hi']);
    await first.histories.stop();
    const { histories } = open();
    expect(await histories.of('home/1')).toEqual(['list', 'say hi']);
    expect(await histories.of('home/2')).toEqual(['stop']);
    expect(await histories.of('home/3')).toEqual([]);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('writes a moment after the last command, once', async () => {
    const { clock, histories } = open();
    histories.add('home/1', 'list');
    await histories.of('home/1');
    await clock.advance(999);
    expect(() => readFileSync(file())).toThrow();
    await clock.advance(1);
    await histories.stop();
    expect(readFileSync(file(), 'utf8')).toContain('list');
  });

  it('keeps the newest 500, no empty and no very long command', async () => {
    const { histories } = open();
    for (let index = 0; index < 600; index++) histories.add('home/1', `say ${index}`);
    histories.add('home/1', '  ');
    histories.add('home/1', 'x'.repeat(4001));
    const commands = await histories.of('home/1');
    expect(commands).toHaveLength(500);
    expect(commands.at(-1)).toBe('say 599');
  });

  it('stays bounded over all servers: the least recently used go first', async () => {
    const { histories } = open();
    for (let server = 0; server < 6; server++) {
      for (let index = 0; index < 300; index++)
        histories.add(`home/${server}`, `${index} ${'x'.repeat(3900)}`);
    }
    expect(await histories.of('home/0')).toEqual([]);
    expect(await histories.of('home/5')).toHaveLength(300);
    await histories.stop();
    expect(statSync(file()).size).toBeLessThan(6_000_000);
  });

  it('keeps the only server, even if it exceeds the limit', async () => {
    const long = Array.from({ length: 400 }, (_, index) => `${index} ${'x'.repeat(20_000)}`);
    writeFileSync(file(), JSON.stringify({ version: 1, servers: { 'home/1': long } }));
    const { histories } = open();
    histories.add('home/1', 'list');
    expect((await histories.of('home/1')).at(-1)).toBe('list');
    // With one more history, the least recently used is dropped.
    histories.add('home/2', 'stop');
    expect(await histories.of('home/1')).toEqual([]);
    expect(await histories.of('home/2')).toEqual(['stop']);
  });

  it('forgets a server, and all servers of an account', async () => {
    const { histories } = open();
    for (const id of ['home/1', 'home/2', 'away/1']) histories.add(id, 'list');
    await histories.forget('home/1');
    expect(await histories.of('home/1')).toEqual([]);
    await histories.forgetAccount('home');
    expect(await histories.of('home/2')).toEqual([]);
    expect(await histories.of('away/1')).toEqual(['list']);
    expect(readFileSync(file(), 'utf8')).not.toContain('home/');
  });

  it('forgets every occurrence of one command, also on disk', async () => {
    const { histories } = open();
    for (const command of ['login hunter2', 'list', 'login hunter2']) histories.add('home/1', command);
    histories.add('home/2', 'login hunter2');
    await histories.forgetCommand('home/1', 'login hunter2');
    expect(await histories.of('home/1')).toEqual(['list']);
    expect(await histories.of('home/2')).toEqual(['login hunter2']);
    await histories.forgetCommand('home/2', 'login hunter2');
    expect(readFileSync(file(), 'utf8')).not.toContain('hunter2');
    await histories.forgetCommand('home/3', 'list');
    expect(await histories.of('home/1')).toEqual(['list']);
  });

  it('keeps a damaged file aside and continues', async () => {
    writeFileSync(file(), '{"version":1,"servers":{"home/1":');
    const { histories, log } = open();
    expect(await histories.of('home/1')).toEqual([]);
    const [aside = ''] = readdirSync(folder);
    expect(readFileSync(join(folder, aside), 'utf8')).toContain('home/1');
    expect(log.text).toContain('histories.damaged');
  });

  it('keeps a file aside that can not be read', async () => {
    mkdirSync(file());
    writeFileSync(join(file(), 'within'), 'home/1');
    const { histories, log } = open();
    histories.add('home/2', 'list');
    await histories.of('home/2');
    await histories.stop();
    expect(readFileSync(join(`${file()}.unreadable-1`, 'within'), 'utf8')).toBe('home/1');
    expect(readFileSync(file(), 'utf8')).toContain('home/2');
    expect(log.text).toContain('histories.unreadable');
  });

  it('reports a failed deletion, but no failed addition', async () => {
    writeFileSync(join(folder, 'taken'), '');
    const clock = new FakeClock();
    const histories = new CommandHistoriesFile({ folder: join(folder, 'taken'), clock, log: new FakeLog() });
    histories.add('home/1', 'list');
    await expect(histories.forget('home/1')).rejects.toMatchObject({ problem: { code: 'internal' } });
    await histories.stop();
  });
});
