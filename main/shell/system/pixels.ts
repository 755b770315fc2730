/** A picture as `org.kde.StatusNotifierItem` has it: width, height, and each pixel as alpha, red, green and blue. */
export type ItemPicture = readonly [width: number, height: number, argb: Uint8Array];

/** Alpha, red, green and blue, of Chromium's pixels. */
export function argbOf(bgra: Uint8Array): Uint8Array {
  return mapPixels(bgra, ([red, green, blue, alpha]) => [alpha, red, green, blue]);
}

/** Red, green, blue and alpha, of Chromium's pixels. */
export function rgbaOf(bgra: Uint8Array): Uint8Array {
  return mapPixels(bgra, (rgba) => rgba);
}

type Pixel = readonly [number, number, number, number];

/** Chromium has blue, green, red, which are multiplied by the alpha already, and alpha. */
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
