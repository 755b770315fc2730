import { say } from '../../../messages/messages.js';
import { fileName, saveFile, type SaveFileDeps } from './save-file.js';

/** Saves events to a file that the user chooses. Returns the path; null = cancelled. */
export function saveEvents(deps: SaveFileDeps, format: 'csv' | 'json', text: string): Promise<string | null> {
  const title = say('events.title');
  return saveFile(deps, {
    title: say('past.save-events'),
    name: fileName(title, deps.now(), { ending: format, other: title }),
    filter: { name: format.toUpperCase(), extensions: [format] },
    content: text,
  });
}
