/** A picture as `org.kde.StatusNotifierItem` has it: width, height, and each pixel as alpha, red, green and blue. */
export type ItemPicture = readonly [width: number, height: number, argb: readonly number[]];

/** Of Chromium's pixels: blue, green, red, which are multiplied by the alpha already, and alpha. */
export function argbOf(bgra: Uint8Array): number[] {
  const argb: number[] = [];
  for (let at = 0; at + 3 < bgra.length; at += 4) {
    const [blue = 0, green = 0, red = 0, alpha = 0] = bgra.subarray(at, at + 4);
    const whole = (part: number): number =>
      alpha === 0 ? 0 : Math.min(255, Math.round((part * 255) / alpha));
    argb.push(alpha, whole(red), whole(green), whole(blue));
  }
  return argb;
}
