import { nativeImage } from 'electron';
import { argbOf, type ItemPicture } from '../../system/pixels.js';

/** Pixels of a picture and of its variant for displays with scale factor 2. */
export function picturesOf(path: string): readonly ItemPicture[] {
  const image = nativeImage.createFromPath(path);
  const { width, height } = image.getSize();
  return image
    .getScaleFactors()
    .map((scaleFactor) => [
      Math.round(width * scaleFactor),
      Math.round(height * scaleFactor),
      argbOf(image.toBitmap({ scaleFactor })),
    ]);
}
