import type { Server } from '../../../bridge/schema/domain.js';
import { say } from '../../../messages/messages.js';
import { fileName, saveFile, type SaveFileDeps } from './save-file.js';

/** Asks where to, and writes the text there; answers the path, or null where the person chose none. */
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
