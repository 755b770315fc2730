/** How wide texts are when the window draws them. Canvas measures without a layout, so a thousand names cost a few ms. */

/** `font` as CSS has the shorthand: `500 13px sans-serif`. Pixels; 0 where nothing can be measured. */
export function textWidths(texts: readonly string[], font: string): number[] {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (context === null) return texts.map(() => 0);
  context.font = font;
  return texts.map((text) => Math.ceil(context.measureText(text).width));
}
