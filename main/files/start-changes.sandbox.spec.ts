/** What changed since a start, through main, to a panel and a node with real files. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialects } from '../../sandbox/panel/dialects.js';
import { eventually } from '../../tests/support/backup-stage.js';
import { aBackupPerch } from '../../tests/support/backup-perch.js';

describe.each(Object.keys(dialects))('a server of %s', (dialect) => {
  let it: Awaited<ReturnType<typeof aBackupPerch>>;

  beforeAll(async () => {
    it = await aBackupPerch(dialect);
    await it.connect('owner');
  });
  afterAll(() => it.stop());

  test('shows the plugin that replaced another, the changed text with both versions, and a startup variable', async () => {
    const server = await eventually(
      () => it.named('Survival'),
      (listed) => listed !== undefined,
    );
    if (server === undefined) throw new Error('There is no such server.');
    const path = '/server.properties';
    it.stage.write('server.properties', '#a comment\nmax-players=20\n');
    it.stage.write('plugins/X-2.0.jar', 'two');
    it.stage.write('plugins/Y.jar', 'the same');
    const state = await it.watch.state(server, null, 1000);
    if (state === null) throw new Error('The read was dropped.');
    expect(state.files.map((file) => file.path).sort()).toEqual(
      expect.arrayContaining(['/plugins/X-2.0.jar', '/plugins/Y.jar', path]),
    );
    await it.revisions.setGoodStart(server.id, state);

    it.stage.write('server.properties', '#a comment\nmax-players=2000\n');
    it.stage.write('plugins/X-2.1.jar', 'two and one');
    rmSync(join(it.stage.folderOf('Survival'), 'plugins/X-2.0.jar'));
    await it.calls['startup.setVariable']({ serverId: server.id, key: 'BUILD_NUMBER', value: '99' });
    const changes = await it.calls['changes.sinceGoodStart']({ serverId: server.id });
    expect(changes).toMatchObject({
      since: 1000,
      files: [
        {
          path: '/plugins/X-2.1.jar',
          formerPath: '/plugins/X-2.0.jar',
          was: { bytes: 3 },
          is: { bytes: 11 },
        },
        { path, formerPath: null },
      ],
      variables: [{ name: 'BUILD_NUMBER', values: { was: 'latest', is: '99' } }],
      command: null,
      image: null,
    });
    const texts = changes.files[1]?.texts ?? { was: '', is: null };
    const textOf = async (id: string): Promise<string> => {
      const opened = await it.calls['revisions.text']({ serverId: server.id, path, id });
      return opened.kind === 'text' ? opened.text : opened.why;
    };
    expect(await textOf(texts.was)).toContain('max-players=20\n');
    expect(await textOf(texts.is ?? '')).toContain('max-players=2000\n');
  });

  test('keeps each text that is opened and saved in the editor', async () => {
    const serverId = it.named('Survival')?.id ?? '';
    const file = { serverId, path: '/editor.yml' };
    it.stage.write('editor.yml', 'before: 1\n');
    const { opened } = await it.calls['texts.open'](file);
    if (opened.kind !== 'text') throw new Error('The file is a text.');
    const { format, version } = opened;
    await it.calls['texts.save']({ ...file, text: 'after: 2\n', format, version });
    const kept = await eventually(
      () => it.revisions.list(file),
      (list) => list.length === 2,
    );
    expect(kept.map(({ why }) => why)).toEqual(['written', 'read']);
    expect(Buffer.from(await it.revisions.bytes(file, kept[1]?.id ?? '')).toString()).toBe('before: 1\n');
  });
});
