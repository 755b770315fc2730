import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePng } from '../../../build/png.mjs';
import { firstLine } from './processes.mjs';

/** File in which Xvfb keeps its screen, in the format of xwd(1). */
const FRAME_BUFFER = 'Xvfb_screen0';

/** Tries to find a free display number. */
const MOST_TRIES = 5;

/** Virtual screen (Xvfb) in memory. */
export class VirtualDisplay {
  /**
   * @param {string} name display name, as in DISPLAY
   * @param {string} folder
   */
  constructor(name, folder) {
    this.name = name;
    this.frameBuffer = join(folder, FRAME_BUFFER);
  }

  /**
   * @param {import('./processes.mjs').Processes} processes
   * @param {string} folder for the frame buffer
   */
  static async start(processes, folder) {
    for (let tries = 1; ; tries++) {
      const child = processes.start(
        'Xvfb',
        ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp', '-noreset', '-fbdir', folder],
        { env: process.env, extraPipe: true },
      );
      try {
        return new VirtualDisplay(`:${await firstLine(child.stdio[3], 'Xvfb')}`, folder);
      } catch (error) {
        // If servers begin at the same time, two may choose the same number, and one server ends.
        if (tries === MOST_TRIES) throw error;
      }
    }
  }

  /**
   * Saves a screenshot of the whole screen.
   *
   * @param {string} file a PNG
   */
  screenshot(file) {
    writeFileSync(file, pngOfXwd(readFileSync(this.frameBuffer)));
  }
}

/**
 * @param {Buffer} xwd a dump of 32 bits a pixel, as Xvfb makes it
 * @returns {Buffer}
 */
function pngOfXwd(xwd) {
  /** @param {number} index of a field of the header (XWDFile.h) */
  const field = (index) => xwd.readUInt32BE(index * 4);
  const [headerSize, width, height] = [field(0), field(4), field(5)];
  const [leastSignificantFirst, bitsPerPixel, bytesPerLine, colours] = [
    field(7) === 0,
    field(11),
    field(12),
    field(19),
  ];
  if (bitsPerPixel !== 32) throw new Error(`the screen has ${bitsPerPixel} bits a pixel instead of 32`);
  const start = headerSize + colours * 12;
  const rgba = Buffer.alloc(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = start + y * bytesPerLine + x * 4;
      const pixel = leastSignificantFirst ? xwd.readUInt32LE(at) : xwd.readUInt32BE(at);
      rgba.writeUInt32BE(((pixel << 8) | 0xff) >>> 0, (y * width + x) * 4);
    }
  }
  return encodePng(width, height, rgba);
}
