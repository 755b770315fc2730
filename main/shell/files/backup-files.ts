import { say } from '../../../messages/messages.js';
import { openFile, type OpenFileDeps } from './open-file.js';
import { fileName, saveFile, type SaveFileDeps } from './save-file.js';

/** Ten thousand pins and as many rules are below. */
const mostBytes = 8 * 1024 * 1024;

const filter = { name: 'JSON', extensions: ['json'] };

/** Asks where to, and writes the settings there; answers the path, or null where the person chose none. */
export function saveBackup(deps: SaveFileDeps, text: string): Promise<string | null> {
  return saveFile(deps, {
    title: say('backup.save-title'),
    name: fileName('Perch', deps.now(), { ending: 'json', other: 'Perch' }),
    filter,
    content: text,
  });
}

/** Asks for such a file; null where the person chose none. */
export function chooseBackup(deps: OpenFileDeps): Promise<string | null> {
  return openFile(deps, { title: say('backup.choose-title'), filter, mostBytes });
}
