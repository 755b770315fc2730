import { say } from '../../../messages/messages.js';
import { fileName, saveFile, type SaveFileDeps } from './save-file.js';

/** Saves the diagnostic report to a file that the user chooses. Returns the path; null = cancelled. */
export function saveReport(deps: SaveFileDeps, text: string): Promise<string | null> {
  return saveFile(deps, {
    title: say('diagnostics.save-title'),
    name: fileName('Perch', deps.now(), { ending: 'txt', other: 'Perch' }),
    filter: { name: say('diagnostics.title'), extensions: ['txt'] },
    content: text,
  });
}
