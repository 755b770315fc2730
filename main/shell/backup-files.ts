import { say } from '../../words/words.js';
import { openFile, type OpenFileDeps } from './open-file.js';
import { saveFile, type SaveFileDeps } from './save-file.js';

/** Ten thousand pins and as many rules are below. */
const mostBytes = 8 * 1024 * 1024;

const filter = { name: 'JSON', extensions: ['json'] };

/** Asks where to, and writes the settings there; answers the path, or null where the person chose none. */
export function saveBackup(deps: SaveFileDeps, text: string): Promise<string | null> {
  const at = new Date(deps.now());
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return saveFile(deps, {
    title: say('backup.save-title'),
    name: `perch-settings-${day}.json`,
    filter,
    content: text,
  });
}

/** Asks for such a file; null where the person chose none. */
export function chooseBackup(deps: OpenFileDeps): Promise<string | null> {
  return openFile(deps, { title: say('backup.choose-title'), filter, mostBytes });
}
