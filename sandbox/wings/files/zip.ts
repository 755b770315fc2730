/** Zip archives, packed as Pelican's nodes do (PROTOCOL 2.17.8). */
import { createWriteStream } from 'node:fs';
import { lstat, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** Mode of a link, whose content is its target. */
const linkMode = 0o120777;

/** Writes the files into an archive that was begun; rejects if it is gone, or a file cannot be read. */
export async function zip(folder: string, files: readonly string[], archive: string): Promise<void> {
  const zipped = new ZipFile();
  const bytes = zipped.outputStream;
  zipped.on('error', (cause: Error) => bytes.emit('error', cause));
  const writing = pipeline(bytes, createWriteStream(archive, { flags: 'r+' }));
  for (const file of files) {
    const place = join(folder, file);
    if ((await lstat(place)).isSymbolicLink()) {
      zipped.addBuffer(Buffer.from(await readlink(place)), file, { mode: linkMode });
    } else {
      zipped.addFile(place, file);
    }
  }
  zipped.end();
  await writing;
}
