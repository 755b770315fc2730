import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replaceImage } from './replace-image.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'perch-image-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const sumOf = (text: string): string => createHash('sha512').update(text).digest('base64');

async function files(): Promise<{ fresh: string; image: string }> {
  const fresh = join(folder, 'fresh');
  const image = join(folder, 'programs', 'perch-0.1.0.AppImage');
  await mkdir(join(folder, 'programs'));
  await writeFile(fresh, 'new');
  await writeFile(image, 'old');
  return { fresh, image };
}

describe('replaceImage', () => {
  it('puts the new file in place, executable, under the same name', async () => {
    const { fresh, image } = await files();
    await replaceImage(fresh, image, [sumOf('other'), sumOf('new')]);
    expect(await readFile(image, 'utf8')).toBe('new');
    expect((await stat(image)).mode & 0o777).toBe(0o755);
    expect(await readdir(join(folder, 'programs'))).toEqual(['perch-0.1.0.AppImage']);
    expect(await readdir(folder)).toEqual(['programs']);
  });

  it('deletes a changed download, and keeps the old file', async () => {
    const { fresh, image } = await files();
    await expect(replaceImage(fresh, image, [sumOf('another')])).rejects.toMatchObject({ why: 'checksum' });
    expect(await readFile(image, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['programs']);
  });

  it('keeps only the old file if the new file cannot replace it', async () => {
    const { fresh, image } = await files();
    await rm(image);
    await mkdir(join(image, 'in-the-way'), { recursive: true });
    await expect(replaceImage(fresh, image, [sumOf('new')])).rejects.toMatchObject({ why: 'not-written' });
    expect(await readdir(join(folder, 'programs'))).toEqual(['perch-0.1.0.AppImage']);
    expect(await readdir(image)).toEqual(['in-the-way']);
  });
});
