import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aKnownServer } from '../../tests/support/entities.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { LastKnownFile } from './last-known.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'perch-last-known-'))));
afterEach(() => removeFolder(folder));

const open = () => new LastKnownFile(folder, new FakeLog());
const file = () => join(folder, 'last-known.json');

describe('LastKnownFile', () => {
  it('returns the saved servers of existing accounts only', async () => {
    expect(await open().load()).toEqual([]);
    await open().save([aKnownServer()]);
    expect(await open().load()).toEqual([aKnownServer()]);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('saves no unknown fields, such as keys', async () => {
    await open().save([aKnownServer()]);
    const text = readFileSync(file(), 'utf8').replace('"id":', '"key":"ptlc_secret","id":');
    writeFileSync(file(), text);
    expect(JSON.stringify(await open().load())).not.toContain('ptlc_secret');
  });

  it('is bounded', async () => {
    await open().save(Array.from({ length: 5001 }, (_, index) => aKnownServer({ id: `home/${index}` })));
    expect(await open().load()).toHaveLength(5000);
  });

  it.each([
    ['damaged', '{"version":1,"servers":[{}]}'],
    ['cut off', '{"version":1,"ser'],
    ['of a newer Perch', '{"version":2,"servers":{}}'],
  ])('sets a file aside that is %s, and continues', async (_what, text) => {
    writeFileSync(file(), text);
    const lastKnown = open();
    expect(await lastKnown.load()).toEqual([]);
    await lastKnown.save([aKnownServer()]);
    const aside = readdirSync(folder).find((name) => name.startsWith('last-known.json.damaged-')) ?? '';
    expect(readFileSync(join(folder, aside), 'utf8')).toBe(text);
    expect(await open().load()).toHaveLength(1);
  });

  it('ignores a file that cannot be written', async () => {
    const log = new FakeLog();
    writeFileSync(join(folder, 'no-folder'), '');
    await new LastKnownFile(join(folder, 'no-folder'), log).save([aKnownServer()]);
    expect(log.text).toContain('warn last-known.not-written');
  });
});
