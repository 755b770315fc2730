/**
 * `flat` is the text with each sentence on one line, `comments` the same without anything but comments. Both are as
 * long as the text, so that offsets are the same.
 *
 * @typedef {{ flat: string, comments: string }} Prose
 */

/**
 * Line ends go, with what begins the next line of a comment. A comment begins a line or follows white space or an
 * opening bracket, which the stars and strokes of a glob never do.
 *
 * @param {string} text
 * @returns {Prose}
 */
export function proseOf(text) {
  const flat = text.replace(/\r?\n[ \t]*(?:\*(?!\/)|\/\/)?/g, (end) => ' '.repeat(end.length));
  const comment = /(?<=^|[\s({[,])\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$|<!--[\s\S]*?-->|(?<=^|\s)#\s.*$/gm;
  const comments = [...text.matchAll(comment)].reduce(
    (found, { index, 0: whole }) => put(found, index, flat.slice(index, index + whole.length)),
    ' '.repeat(text.length),
  );
  return { flat, comments };
}

/**
 * @param {string} text
 * @param {number} at
 * @param {string} piece takes the place of as many characters
 */
export function put(text, at, piece) {
  return text.slice(0, at) + piece + text.slice(at + piece.length);
}
