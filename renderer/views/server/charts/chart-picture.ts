/** One picture of all charts as they are drawn now: what and when, then each chart below its name. */
import { readColours } from '../../../ui/read-colours.js';

export interface PictureParts {
  /** Gives colours and font. */
  readonly host: HTMLElement;
  readonly title: string;
  readonly time: string;
  readonly charts: readonly { readonly words: string; readonly canvas: HTMLCanvasElement }[];
}

const tokens = { ground: '--surface-raised', text: '--text', soft: '--text-soft' };
const edge = 16;
const titleHeight = 44;
const nameHeight = 24;

/** A PNG as base64. */
export function chartPicture({ host, title, time, charts }: PictureParts): string {
  const colours = readColours(host, tokens);
  const scale = window.devicePixelRatio;
  const wide = Math.max(...charts.map(({ canvas }) => canvas.width), 320 * scale);
  const high = charts.reduce((sum, { canvas }) => sum + canvas.height, 0);
  const picture = document.createElement('canvas');
  picture.width = wide + 2 * edge * scale;
  picture.height = high + (titleHeight + nameHeight * charts.length + 2 * edge) * scale;
  const context = picture.getContext('2d');
  if (context === null) return '';
  const { fontFamily } = getComputedStyle(host);
  const write = (text: string, y: number, font: string, colour: string): void => {
    context.font = `${font} ${fontFamily}`;
    context.fillStyle = colour;
    context.fillText(text, edge * scale, y, wide);
  };
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, picture.width, picture.height);
  let y = edge * scale;
  write(title, y + 14 * scale, `600 ${14 * scale}px`, colours.text);
  write(time, y + 32 * scale, `${11 * scale}px`, colours.soft);
  y += titleHeight * scale;
  for (const { words, canvas } of charts) {
    write(words, y + 16 * scale, `500 ${12 * scale}px`, colours.soft);
    y += nameHeight * scale;
    context.drawImage(canvas, edge * scale, y);
    y += canvas.height;
  }
  return picture.toDataURL('image/png').replace(/^.*,/, '');
}
