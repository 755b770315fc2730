/** Contrast ratio of two colours by the W3C's accessibility guidelines (WCAG). */

/** Red, green and blue, each from 0 to 255. */
export type Colour = readonly [number, number, number];

/** Parses `#rrggbb`. */
export function colourOf(hex: string): Colour {
  const part = (at: number): number => parseInt(hex.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

/** Contrast ratio from 1 (same colour) to 21 (black on white). */
export function contrast(one: Colour, other: Colour): number {
  const [lower, higher] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (higher + 0.05) / (lower + 0.05);
}

function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
