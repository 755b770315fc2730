/** Image of all charts as currently drawn: title and time, then each chart below its name. */
import { readColours } from '../../../ui/drawings/read-colours.js';

export interface PictureParts {
  /** Source of colours and font. */
  readonly host: HTMLElement;
  readonly title: string;
  readonly time: string;
  readonly charts: readonly {
    readonly words: string;
    /** Name of each line, in a chart with several lines. */
    readonly legend: readonly string[];
    readonly canvas: HTMLCanvasElement;
  }[];
}

const tokens = {
  ground: '--surface-raised',
  text: '--text',
  soft: '--text-soft',
  line: '--chart-line',
  second: '--chart-second',
};
const edge = 16;
const titleHeight = 44;
const nameHeight = 24;

/** PNG as base64; empty without a canvas context. */
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
  /** Returns the x position at the end of the text. */
  const write = (text: string, y: number, font: string, colour: string, x = edge * scale): number => {
    context.font = `${font} ${fontFamily}`;
    context.fillStyle = colour;
    context.fillText(text, x, y, wide);
    return x + context.measureText(text).width;
  };
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, picture.width, picture.height);
  let y = edge * scale;
  write(title, y + 14 * scale, `600 ${14 * scale}px`, colours.text);
  write(time, y + 32 * scale, `${11 * scale}px`, colours.soft);
  y += titleHeight * scale;
  for (const { words, legend, canvas } of charts) {
    const font = `500 ${12 * scale}px`;
    let x = write(words, y + 16 * scale, font, colours.soft);
    for (const [line, name] of legend.entries()) {
      x = write(name, y + 16 * scale, font, line === 0 ? colours.line : colours.second, x + 12 * scale);
    }
    y += nameHeight * scale;
    context.drawImage(canvas, edge * scale, y);
    y += canvas.height;
  }
  return picture.toDataURL('image/png').replace(/^.*,/, '');
}
