import type { Server } from '../../../bridge/schema/domain.js';
import { say } from '../../../messages/messages.js';
import { fileName, saveFile, type SaveFileDeps } from './save-file.js';

/** Saves console text to a file that the user chooses. Returns the path; null = cancelled. */
export function saveConsole(
  deps: SaveFileDeps,
  server: Pick<Server, 'name'>,
  text: string,
): Promise<string | null> {
  return saveFile(deps, {
    title: say('desktop.save-console'),
    name: fileName(server.name, deps.now(), { ending: 'log', other: say('desktop.console-file') }),
    filter: { name: say('desktop.log-files'), extensions: ['log', 'txt'] },
    content: text,
  });
}
