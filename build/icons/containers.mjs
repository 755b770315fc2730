/**
 * A Windows icon of several sizes, each a PNG (Windows Vista and newer).
 *
 * @param {readonly { size: number, png: Buffer }[]} pictures at most 256 pixels each
 */
export function ico(pictures) {
  const directory = Buffer.alloc(6 + 16 * pictures.length);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(pictures.length, 4);
  let offset = directory.length;
  pictures.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index;
    // 256 is written as 0.
    directory.writeUInt8(size % 256, at);
    directory.writeUInt8(size % 256, at + 1);
    directory.writeUInt16LE(1, at + 4);
    directory.writeUInt16LE(32, at + 6);
    directory.writeUInt32LE(png.length, at + 8);
    directory.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([directory, ...pictures.map(({ png }) => png)]);
}

/** Apple's type of a PNG by its size in pixels. */
const icnsTypes = new Map([
  [16, 'icp4'],
  [32, 'icp5'],
  [64, 'icp6'],
  [128, 'ic07'],
  [256, 'ic08'],
  [512, 'ic09'],
  [1024, 'ic10'],
]);

/**
 * A macOS icon of several sizes.
 *
 * @param {readonly { size: number, png: Buffer }[]} pictures
 */
export function icns(pictures) {
  const entries = pictures.map(({ size, png }) => {
    const type = icnsTypes.get(size);
    if (!type) throw new Error(`an icns has no picture of ${size} pixels`);
    return tagged(type, png);
  });
  return tagged('icns', Buffer.concat(entries));
}

/**
 * @param {string} type
 * @param {Buffer} data
 */
function tagged(type, data) {
  const header = Buffer.alloc(8);
  header.write(type, 0, 'latin1');
  header.writeUInt32BE(data.length + 8, 4);
  return Buffer.concat([header, data]);
}
