/** Texts of the editor through main, to a panel and a node with real files. */
import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { HandlerInput, HandlerOutput } from '../../bridge/schema/contract.js';
import type { OpenedText, ReadText } from '../../bridge/schema/texts.js';
import { dialects } from '../../sandbox/panel/dialects.js';
import { aBackupPerch } from '../../tests/support/backup-perch.js';
import { refused } from '../../tests/support/refused.js';

function read(opened: OpenedText | { kind: 'gone' }): ReadText {
  if (opened.kind !== 'text') throw new Error(`no text but ${opened.kind}`);
  return opened;
}

describe.each(Object.keys(dialects))('texts of %s', (dialect) => {
  let it: Awaited<ReturnType<typeof aBackupPerch>>;
  let here: string;
  const file = (path: string) => ({ serverId: it.named('Survival')?.id ?? '', path });
  const open = (path: string): Promise<HandlerOutput<'texts.open'>> => it.calls['texts.open'](file(path));
  const save = (
    path: string,
    fields: Omit<HandlerInput<'texts.save'>, 'serverId' | 'path'>,
  ): Promise<HandlerOutput<'texts.save'>> => it.calls['texts.save']({ ...file(path), ...fields });
  const order = (fields: Record<string, unknown>) =>
    it.stage.control.order({ server: 'Survival', ...fields });

  beforeAll(async () => {
    it = await aBackupPerch(dialect);
    await it.connect('owner');
    await it.listed();
    here = it.stage.folderOf('Survival');
  });
  afterAll(() => it.stop());
  beforeEach(() => it.stage.clear());
  afterEach(async () => {
    await order({ do: 'denied-files', patterns: [] });
    await order({ do: 'disk-limit', mb: 1000 });
  });

  test.each([
    ['UTF-8 with line ends of Windows', Buffer.from('motd=Grüße ✓\r\nport=1\r\n')],
    ['UTF-8 with a byte order mark', Buffer.from('\ufeffa: 1\n')],
    ['UTF-16', Buffer.from('\ufeffname=Ω\n', 'utf16le')],
    ['Latin-1 without a line end', Buffer.from('motd=Gr\xfc\xdfe', 'latin1')],
    ['nothing', Buffer.alloc(0)],
  ])('%s keeps its bytes', async (_, bytes) => {
    it.stage.write('a.txt', bytes);
    const { text, format, version } = read((await open('/a.txt')).opened);
    expect(await save('/a.txt', { text, format, version })).toHaveProperty('saved', version);
    expect(readFileSync(join(here, 'a.txt'))).toEqual(bytes);
    const longer = await save('/a.txt', { text: `${text}x`, format, version });
    expect(longer).toHaveProperty('saved');
    const more = readFileSync(join(here, 'a.txt'));
    expect(more.subarray(0, bytes.length)).toEqual(bytes);
    expect(more.length).toBeGreaterThan(bytes.length);
  });

  test('a change by somebody else is answered, not overwritten', async () => {
    it.stage.write('a.txt', 'one');
    const { format, version } = read((await open('/a.txt')).opened);
    it.stage.write('a.txt', 'theirs');
    const answer = await save('/a.txt', { text: 'mine', format, version });
    expect(answer).toMatchObject({ changed: { kind: 'text', text: 'theirs' } });
    expect(it.stage.read('a.txt')).toBe('theirs');
    expect(await save('/a.txt', { text: 'mine', format, version: null })).toHaveProperty('saved');
    expect(it.stage.read('a.txt')).toBe('mine');
  });

  test('a missing file is reported, and made only at the user’s wish', async () => {
    it.stage.write('a.txt', 'one');
    const { format, version } = read((await open('/a.txt')).opened);
    execFileSync('rm', [join(here, 'a.txt')]);
    expect(await save('/a.txt', { text: 'mine', format, version })).toEqual({ gone: true });
    expect(it.stage.files()).toEqual([]);
    expect(await save('/a.txt', { text: 'mine', format, version: null, makes: true })).toHaveProperty(
      'saved',
    );
    expect(it.stage.read('a.txt')).toBe('mine');
  });

  test('a binary file is not shown as a text', async () => {
    it.stage.write('a.bin', Buffer.of(0, 1, 2, 0, 255, 0));
    it.stage.write('large.txt', 'x'.repeat(5 * 1024 * 1024));
    expect((await open('/a.bin')).opened).toEqual({ kind: 'refused', why: 'binary' });
    expect((await open('/large.txt')).opened).toEqual({ kind: 'refused', why: 'too-large' });
  });

  test('missing files, folders, links and pipes are problems of the file, not of the panel', async () => {
    it.stage.write('folder/a.txt', 'a');
    symlinkSync('/etc/hostname', join(here, 'link'));
    execFileSync('mkfifo', [join(here, 'pipe')]);
    for (const path of ['/none.txt', '/folder', '/link', '/pipe']) {
      const { code } = await refused(open(path));
      expect([path, ['not-found', 'conflict'].includes(code)]).toEqual([path, true]);
    }
  });

  test('a refused save changes nothing and keeps the draft', async () => {
    it.stage.write('secret.txt', 'one');
    const { text, format, version } = read((await open('/secret.txt')).opened);
    const draft = { text: `${text} more`, format, version };
    await it.calls['texts.keepDraft']({ ...file('/secret.txt'), draft });
    await order({ do: 'denied-files', patterns: ['secret.txt'] });
    // Pelican's nodes do not even return this file.
    expect((await refused(save('/secret.txt', { text: draft.text, format, version }))).code).toBe('conflict');
    await order({ do: 'denied-files', patterns: [] });
    await order({ do: 'disk-limit', mb: 1 });
    it.stage.write('fill.bin', Buffer.alloc(1_100_000));
    it.stage.write('spare.txt', 'x');
    // The node counts the bytes again after a removal; some panels refuse that of a missing file.
    const spare = { root: '/', files: ['spare.txt'] };
    await it.stage.control.on('owner', 'Survival', 'POST', '/files/delete', spare);
    expect((await refused(save('/secret.txt', { text: draft.text, format, version }))).code).toBe('conflict');
    expect(it.stage.read('secret.txt')).toBe('one');
    expect((await open('/secret.txt')).draft).toEqual(draft);
    await it.calls['texts.dropDraft'](file('/secret.txt'));
    expect((await open('/secret.txt')).draft).toBeNull();
  });
});
