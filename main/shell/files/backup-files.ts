import { say } from '../../../messages/messages.js';
import { openFile, type OpenFileDeps } from './open-file.js';
import { fileName, saveFile, type SaveFileDeps } from './save-file.js';

/** Limit of a backup file, in bytes. Ten thousand pins and as many alert rules fit. */
const mostBytes = 8 * 1024 * 1024;

const filter = { name: 'JSON', extensions: ['json'] };

/** Saves the settings to a file that the user chooses. Returns the path; null = cancelled. */
export function saveBackup(deps: SaveFileDeps, text: string): Promise<string | null> {
  return saveFile(deps, {
    title: say('backup.save-title'),
    name: fileName('Perch', deps.now(), { ending: 'json', other: 'Perch' }),
    filter,
    content: text,
  });
}

/** Reads a settings file that the user chooses; null = cancelled. */
export function chooseBackup(deps: OpenFileDeps): Promise<string | null> {
  return openFile(deps, { title: say('backup.choose-title'), filter, mostBytes });
}
