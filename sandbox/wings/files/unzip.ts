/** Zip archives, unpacked as nodes do (PROTOCOL 2.17.9). */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { open, type Entry, type ZipFile } from 'yauzl';

/** Paths of the files and folders in an archive. Rejects for a broken one, and for a path that leads out of it. */
export async function zippedPaths(place: string): Promise<string[]> {
  const paths: string[] = [];
  await eachEntry(place, ({ fileName }) => {
    paths.push(fileName);
    return Promise.resolve();
  });
  return paths;
}

/** Unpacks an archive over existing files. */
export async function unzipOver(place: string, folder: string): Promise<void> {
  await eachEntry(place, async (entry, zip) => {
    const target = join(folder, entry.fileName);
    if (entry.fileName.endsWith('/')) return void (await mkdir(target, { recursive: true }));
    await mkdir(dirname(target), { recursive: true });
    const bytes = await promisify(zip.openReadStream.bind(zip, entry))();
    await pipeline(bytes, createWriteStream(target));
  });
}

async function eachEntry(place: string, work: (entry: Entry, zip: ZipFile) => Promise<void>): Promise<void> {
  const zip = await promisify<string, { lazyEntries: true }, ZipFile>(open)(place, { lazyEntries: true });
  await new Promise<void>((resolve, reject) => {
    zip.on('error', reject).on('end', resolve);
    zip.on('entry', (entry: Entry) => {
      work(entry, zip).then(() => zip.readEntry(), reject);
    });
    zip.readEntry();
  }).finally(() => zip.close());
}
