/** `perch files edit`: starts the editor of the terminal with a copy of the file, and waits for its end. */
import { spawn } from 'node:child_process';
import { folderOf, lastPart } from '../../bridge/files/file-paths.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import { say, sentence } from '../../messages/messages.js';
import { printJson, type Command } from './command.js';
import { fromRoot } from './file-lists.js';

type Task = Parameters<Command>[0];

export async function editFile(
  { perch, options, terminal }: Task,
  name: string,
  asked: string,
): Promise<void> {
  const path = fromRoot(asked);
  const words = editorWords(process.env, process.platform);
  let editing: Promise<Error | null> = Promise.resolve(null);
  const wanted = { name, path, replace: options['replace'] === true };
  try {
    const edited = await perch.ask('editFile', wanted, {
      onEvent: ({ file, isKept }) => {
        if (isKept) terminal.err(`${say('command-line.edit-again')}\n`);
        editing = runEditor(words, file).then(async (failure) => {
          await perch.ask('closeEdit', { file, isDone: failure === null });
          return failure;
        });
        // A connection that broke meanwhile ends the request above as well.
        editing.catch(() => undefined);
      },
    });
    const failure = await editing;
    if (failure !== null) throw notEdited(words, failure);
    if (options['json'] === true) return printJson(terminal, edited);
    const file = lastPart(path);
    const said =
      edited.outcome === 'unchanged'
        ? say('command-line.file-unchanged', { file })
        : say('command-line.file-uploaded', { file, folder: folderOf(path) });
    terminal.out(`${said}\n`);
  } finally {
    // The editor has the terminal until it ends.
    await editing.catch(() => undefined);
  }
}

/**
 * Program and arguments of the editor that the environment names, else of the editor that every system has. Words stand
 * between spaces; quotation marks keep spaces.
 */
export function editorWords(env: NodeJS.ProcessEnv, platform: string): readonly string[] {
  const usual = platform === 'win32' ? 'notepad' : 'vi';
  const named = [env['VISUAL'], env['EDITOR'], usual].find((one = '') => one.trim() !== '') ?? usual;
  const words = named.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [usual];
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}

/** Why the editor did not end well; null if it did. No shell is involved. */
function runEditor([program = '', ...args]: readonly string[], file: string): Promise<Error | null> {
  return new Promise((resolve) => {
    const editor = spawn(program, [...args, file], { stdio: 'inherit' });
    editor.once('error', resolve);
    editor.once('exit', (code, signal) => resolve(code === 0 ? null : new Error(String(signal ?? code))));
  });
}

function notEdited([editor = '']: readonly string[], { message: why }: Error): RemoteError {
  return new RemoteError(newFailure('failed', sentence('command-line.editor-failed', { editor, why })));
}
