import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { proseOf } from '../tests/support/prose.js';

const root = join(import.meta.dirname, '..');

/** Files whose literals look like prose and are not; the text names their content. */
const notSentences: Readonly<Record<string, string>> = {
  'main/backups/quiet-means.ts': 'lines that Minecraft prints',
  'main/backups/quiet-sequence.ts': 'commands of Minecraft',
  'main/crash-reports/read-report.ts': 'lines that games and Java write',
  'main/crash-reports/report-files.ts': 'names of files of games',
  'main/wings/crash-lines.ts': 'lines that Wings writes',
  'main/wings/jwt-errors.ts': 'errors that Wings sends',
  'main/wings/endings.ts': 'what Wings says when it closes',
  'main/wings/incoming.ts': 'events of Wings',
  'main/wings/notices.ts': 'errors that Wings sends',
  'main/wings/outgoing.ts': 'events of Wings',
  'main/wings/sent-signal.ts': 'events of Wings',
  'main/wings/server-events.ts': 'events of Wings',
  'main/wings/session.ts': 'events of Wings',
  'main/archives/stored-archive.ts': 'a type of the form of tar',
  'main/transfers/multipart.ts': 'a form, as nodes read it',
  'main/ipc/trust.ts': 'reasons for the log',
  'main/net/certificates.ts': 'how a certificate begins',
  'main/bus/bus-wire.ts': 'what a bus may not do, for the log',
  'main/bus/bus.ts': 'how a bus is greeted',
  'main/keyring/secret-keychain.ts': 'names of D-Bus',
  'main/keyring/secret-names.ts': 'names of D-Bus',
  'main/keyring/secret-service.ts': 'names of D-Bus',
  'main/query/source.ts': 'a question of a protocol',
  'main/query/source-answers.ts': 'a name that a game sends',
  'main/panel/wire/activity-page.ts': 'a mistake in an answer, for the log',
  'main/panel/wire/resources.ts': 'a mistake in an answer, for the log',
  'main/update/package-kind.ts': 'commands of packagers',
  'preload/index.ts': 'a script',
  'main/shell/autostart/autostart-file.ts': 'fields of a desktop entry',
  'main/shell/autostart/background-portal.ts': 'names of D-Bus',
  'main/shell/autostart/desktop-entry.ts': 'fields of a desktop entry',
  'main/shell/notifications/notification-daemon.ts': 'names of D-Bus',
  'main/shell/tray/item/notifier-item.ts': 'names of D-Bus',
  'main/shell/tray/item/served-menu.ts': 'names of D-Bus',
  'main/shell/tray/item/served-properties.ts': 'names of D-Bus',
  'main/shell/start/refused-flags.ts': 'said on a command line, in English',
  'main/shell/pages/scheme.ts': 'types of content',
  'main/shell/demo/demo-sandbox.ts': 'reasons for the log',
  'main/shell/demo/game-processes.ts': 'names of processes',
  'main/shell/demo/packaged-sandbox.ts': 'names of processes',
  'bridge/settings/accelerator.ts': 'names of keys, as Electron has them',
  'bridge/databases/connection.ts': 'lines that plugins read',
  'bridge/egg-rules/code-sets.ts': 'names of sets of characters',
  'bridge/egg-rules/control.ts': 'values that eggs list',
  'bridge/egg-rules/formats.ts': 'schemes of web addresses',
  'bridge/egg-rules/rule-names.ts': 'names of rules',
  'bridge/egg-rules/rule-table.ts': 'names of rules',
  'bridge/fix-its/container-causes.ts': 'what containers and nodes print',
  'bridge/fix-its/game-causes.ts': 'what games print',
  'bridge/fix-its/minecraft-causes.ts': 'what games print',
  'bridge/fix-its/program-causes.ts': 'what programs print',
  'bridge/players/broadcast-answer.ts': 'lines that games print',
  'bridge/players/verb-table.ts': 'commands and answers of games',
  'bridge/redaction/command-secrets.ts': 'what games print',
  'bridge/redaction/log-secrets.ts': 'what games print',
  'bridge/redaction/people-finds.ts': 'what games print',
  'cli/completion.ts': 'scripts for shells',
  'cli/man.ts': 'macros of manual pages',
  'cli/mcp/panel-tools.ts': 'said to programs, in English',
  'cli/mcp/tool.ts': 'said to programs, in English',
  'cli/mcp/tools.ts': 'said to programs, in English',
  'renderer/views/server/editor/code/code-theme.ts': 'styles',
  'renderer/views/server/editor/code/languages.ts': 'names of languages',
  'renderer/views/server/editor/code/panel-words.ts': 'words by which CodeMirror asks for messages',
  'renderer/views/server/editor/config-forms/config-form.ts': 'values that games write',
  'renderer/views/server/editor/config-forms/files/palworld.ts': 'values that the game knows',
  'renderer/views/server/files/dropped-files.ts': 'the type of a drag',
  'renderer/ui/drawings/sparkline.ts': 'the path of a drawing',
  'renderer/ui/drawings/state-strip.ts': 'the path of a drawing',
  'renderer/ui/drawings/read-colours.ts': 'media queries',
};

describe('sentences', () => {
  it('are in the message files only', () => {
    const files = ['bridge', 'cli', 'main', 'preload', 'renderer', 'messages'].flatMap((module) =>
      sources(module),
    );
    const looked = files.filter((path) => !(path in notSentences));
    const outside = looked.flatMap((path) =>
      proseOf(path, readFileSync(join(root, path), 'utf8')).map(
        ({ line, text }) => `${path}:${line}  ${text}`,
      ),
    );
    expect(outside).toEqual([]);
  });

  it.each([
    ['a literal', 'a.ts', "const a = 'Two words';"],
    ['a template', 'a.ts', 'const a = `${name} was deleted.`;'],
    ['a title', 'a.ts', "const a = { label: 'Restart' };"],
    ['an error for a person', 'a.ts', "throw new PerchError({ message: 'It is gone.' });"],
    ['a text of markup', 'a.svelte', '<p>Restart</p>'],
    ['an attribute that is read', 'a.svelte', '<button aria-label="close it"></button>'],
    ['an expression of markup', 'a.svelte', "<p>{ok ? 'all well' : ''}</p>"],
    ['a script of a component', 'a.svelte', "<script>const a = 'Two words';</script>"],
  ])('are found: %s', (_what, path, source) => {
    expect(proseOf(path, source)).toHaveLength(1);
  });

  it.each([
    ['the log', 'a.ts', "this.#log.warn('it went wrong', { why: 'no answer here' });"],
    ['an error for developers', 'a.ts', "throw new TypeError('this cannot be');"],
    ['imports and types', 'a.ts', "import a from 'a b'; type A = 'one two';"],
    ['selectors', 'a.ts', "const a = element.closest('input, textarea, dialog');"],
    ['styles', 'a.svelte', '<p style:width="{a}px"></p>'],
    ['names', 'a.ts', "const a = ['Enter', 'app.info', 'crashed', 'http-failures'];"],
    ['attributes that are names', 'a.svelte', '<p class="big box" role="note"></p>'],
  ])('do not include %s', (_what, path, source) => {
    expect(proseOf(path, source)).toEqual([]);
  });
});

/** Source files of a module, without tests and compiled messages. */
function sources(module: string): string[] {
  return readdirSync(join(root, module), { recursive: true, encoding: 'utf8' })
    .map((path) => `${module}/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\.(?:ts|svelte)$/.test(path) && !/\.spec\.ts$|\.d\.ts$|\/compiled\//.test(path));
}
