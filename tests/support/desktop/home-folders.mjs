import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes the folders of a person below `folder`, and returns the environment that names them.
 *
 * @param {string} folder
 */
export function homeFolders(folder) {
  const folders = {
    HOME: join(folder, 'home'),
    XDG_CONFIG_HOME: join(folder, 'home', '.config'),
    XDG_DATA_HOME: join(folder, 'home', '.local', 'share'),
    XDG_CACHE_HOME: join(folder, 'home', '.cache'),
    XDG_STATE_HOME: join(folder, 'home', '.local', 'state'),
    XDG_RUNTIME_DIR: join(folder, 'run'),
  };
  for (const path of Object.values(folders)) mkdirSync(path, { recursive: true, mode: 0o700 });
  return folders;
}
