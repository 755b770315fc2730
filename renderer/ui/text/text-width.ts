/** Text widths in the window's font. Canvas measures without a layout, so a thousand names take a few ms. */

/** Widths in pixels; 0 if measuring is impossible. `font` = CSS shorthand: `500 13px sans-serif`. */
export function textWidths(texts: readonly string[], font: string): number[] {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (context === null) return texts.map(() => 0);
  context.font = font;
  return texts.map((text) => Math.ceil(context.measureText(text).width));
}
