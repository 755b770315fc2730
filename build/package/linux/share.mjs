import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { manualFiles } from '../../man.mjs';
import { out, root } from '../../setup/paths.mjs';
import { homepage, manifest, releaseDay } from '../release.mjs';
import { metainfo } from './metainfo.mjs';

/** Files of deb and rpm below /usr/share, except icons and the desktop file, which electron-builder makes. */
export const shareFolder = join(out, 'linux', 'share');

/** Writes the folder from scratch. */
export async function writeShare() {
  const about = manifest();
  const id = about.desktopName.replace(/\.desktop$/, '');
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  const release = {
    id,
    version: about.version,
    day: releaseDay(about.version, { changelog, today: new Date() }),
    homepage: homepage(process.env),
    licence: about.license,
    developer: about.author,
  };
  rmSync(shareFolder, { recursive: true, force: true });
  put(`metainfo/${id}.metainfo.xml`, metainfo(release));
  for (const [name, text] of await manualFiles({ version: release.version, date: release.day })) {
    if (name.startsWith('man/')) put(`${name}.gz`, gzipSync(text, { level: 9 }));
    else put(name, text);
    // Zsh on Debian reads `vendor-completions`, zsh of other distributions `site-functions`.
    if (name.startsWith('zsh/')) put(name.replace('vendor-completions', 'site-functions'), text);
  }
}

/**
 * @param {string} name below /usr/share
 * @param {string | Buffer} contents
 */
function put(name, contents) {
  const file = join(shareFolder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, contents);
}
