/** `perch files edit` over the local socket, through main, to a panel and a node with real files. */
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { dialects } from '../sandbox/panel/dialects.js';
import { aBackupPerch } from '../tests/support/backup-perch.js';
import { editorWords } from './commands/edit-file.js';

describe.skipIf(process.platform === 'win32').each(Object.keys(dialects))(
  'perch files edit with %s',
  (dialect) => {
    let it: Awaited<ReturnType<typeof aBackupPerch>>;
    beforeAll(async () => {
      it = await aBackupPerch(dialect);
      await it.connect('owner');
    });
    afterAll(async () => {
      vi.unstubAllEnvs();
      await it.stop();
    });

    /** An editor that runs this script; `$2` is the copy, `$1` a word of its own. */
    function edits(script: string): void {
      const editor = join(it.downloads, 'my editor');
      writeFileSync(editor, `#!/bin/sh\n${script}\n`);
      chmodSync(editor, 0o755);
      vi.stubEnv('VISUAL', `"${editor}" --wait`);
    }
    const edit = (path: string, ...more: string[]) => it.perch('files', 'edit', 'Survival', path, ...more);
    const copyIn = (text: string): string => /in (\/\S+\/edited\/\S+)\./.exec(text)?.[1] ?? '';

    test('uploads the bytes once the editor has ended, and says so', async () => {
      it.stage.write('config/a b.yml', 'motd: hello\r\n');
      edits(`[ "$1" = --wait ] && printf 'motd: \\377\\r\\n' > "$2"`);
      expect(await edit('config/a b.yml')).toEqual({
        code: 0,
        err: '',
        out: 'Uploaded a b.yml to /config.\n',
      });
      expect(readFileSync(join(it.stage.folderOf('Survival'), 'config/a b.yml'))).toEqual(
        Buffer.from('motd: \xff\r\n', 'latin1'),
      );
    });

    test('uploads no file without a change, and leaves no copy', async () => {
      edits('exit 0');
      expect(await edit('/config/a b.yml')).toMatchObject({ code: 0, out: 'a b.yml is unchanged.\n' });
      expect(await it.json('files', 'edit', 'Survival', '/config/a b.yml')).toMatchObject({
        outcome: 'unchanged',
      });
    });

    test('overwrites no change of somebody else, keeps the text, and continues with it', async () => {
      it.stage.write('ops.json', '[]');
      const there = join(it.stage.folderOf('Survival'), 'ops.json');
      edits(`printf '[1]' > "$2"; printf '[2]' > '${there}'`);
      const refused = await edit('ops.json');
      expect(refused).toMatchObject({ code: 8, out: '' });
      expect(refused.err).toContain('Somebody changed ops.json');
      expect(it.stage.read('ops.json')).toBe('[2]');
      expect(readFileSync(copyIn(refused.err), 'utf8')).toBe('[1]');
      edits(`printf ',' >> "$2"`);
      const again = await edit('ops.json', '--replace');
      expect(again).toMatchObject({ code: 0, out: 'Uploaded ops.json to /.\n' });
      expect(again.err).toContain('text of the last time');
      expect(it.stage.read('ops.json')).toBe('[1],');
      expect(existsSync(copyIn(refused.err))).toBe(false);
    });

    test('uploads nothing after an error of the editor, and says where the text is', async () => {
      it.stage.write('eula.txt', 'eula=false');
      edits(`printf 'eula=maybe' > "$2"; exit 1`);
      const failed = await edit('eula.txt');
      expect(failed.code).toBe(1);
      expect(it.stage.read('eula.txt')).toBe('eula=false');
      expect(readFileSync(copyIn(failed.err), 'utf8')).toBe('eula=maybe');
      const shown = it.ownEditor.current.filter(({ path }) => path === '/eula.txt');
      expect(shown).toMatchObject([{ state: { kind: 'left' } }]);
    });

    test('leaves the copy to a program of a window, and lets one terminal in at a time', async () => {
      it.stage.write('shared.yml', 'a: 1');
      const go = join(it.downloads, 'go');
      edits(`touch '${go}.open'; while [ ! -e '${go}' ]; do sleep 0.05; done`);
      const first = edit('shared.yml');
      await vi.waitFor(() => expect(existsSync(`${go}.open`)).toBe(true), 20_000);
      const second = await edit('shared.yml');
      expect(second.code).not.toBe(0);
      expect(second.err).toContain('Another “perch files edit”');
      const server = [...it.store.state.servers.values()].find(({ name }) => name === 'Survival');
      const serverId = server?.id ?? '';
      const { path } = await it.ownEditor.fetch({ serverId, path: '/shared.yml' }, { isGiven: true });
      writeFileSync(go, '');
      expect(await first).toMatchObject({ code: 0 });
      expect(readFileSync(path, 'utf8')).toBe('a: 1');
      expect(it.ownEditor.current.filter((one) => one.path === '/shared.yml')).toHaveLength(1);
    });

    test('says that the file is missing', async () => {
      edits('exit 0');
      expect((await edit('config/none.yml')).code).not.toBe(0);
      vi.stubEnv('VISUAL', '/nowhere/editor');
      const none = await edit('ops.json');
      expect(none.code).toBe(1);
      expect(none.err).toContain('/nowhere/editor');
    });
  },
);

test.each([
  [{}, 'linux', ['vi']],
  [{}, 'win32', ['notepad']],
  [{ EDITOR: 'nano' }, 'linux', ['nano']],
  [{ VISUAL: ' ', EDITOR: 'nano' }, 'linux', ['nano']],
  [{ VISUAL: 'code --wait', EDITOR: 'nano' }, 'linux', ['code', '--wait']],
  [
    { VISUAL: '"C:\\Program Files\\Vim\\vim.exe" -c "set nobackup"' },
    'win32',
    ['C:\\Program Files\\Vim\\vim.exe', '-c', 'set nobackup'],
  ],
  [{ EDITOR: "--x='a b' $(rm) ;" }, 'linux', ['--x=a b', '$(rm)', ';']],
])('the editor of %j on %s', (env, platform, words) => {
  expect(editorWords(env, platform)).toEqual(words);
});
