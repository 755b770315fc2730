/** A picture in the format of `org.kde.StatusNotifierItem`: width, height, ARGB data. */
export type ItemPicture = readonly [width: number, height: number, argb: Uint8Array];

/** ARGB from Chromium's pixels. */
export function argbOf(bgra: Uint8Array): Uint8Array {
  return mapPixels(bgra, ([red, green, blue, alpha]) => [alpha, red, green, blue]);
}

/** RGBA from Chromium's pixels. */
export function rgbaOf(bgra: Uint8Array): Uint8Array {
  return mapPixels(bgra, (rgba) => rgba);
}

type Pixel = readonly [number, number, number, number];

/** Converts Chromium's pixels, which are BGRA with premultiplied alpha. */
function mapPixels(bgra: Uint8Array, ordered: (rgba: Pixel) => Pixel): Uint8Array {
  const pixels = new Uint8Array(bgra.length);
  for (let at = 0; at + 3 < bgra.length; at += 4) {
    const [blue = 0, green = 0, red = 0, alpha = 0] = bgra.subarray(at, at + 4);
    const whole = (part: number): number =>
      alpha === 0 ? 0 : Math.min(255, Math.round((part * 255) / alpha));
    pixels.set(ordered([whole(red), whole(green), whole(blue), alpha]), at);
  }
  return pixels;
}
