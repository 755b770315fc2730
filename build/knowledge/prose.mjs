/**
 * `flat` is the text with each sentence on one line, `comments` holds only the comments. Both are as long as the text,
 * so that offsets agree.
 *
 * @typedef {{ flat: string, comments: string }} Prose
 */

/**
 * Removes line ends together with the comment prefix of the next line. A comment starts a line or follows white space
 * or an opening bracket, unlike the stars and slashes of a glob.
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
 * @param {string} piece replaces as many characters
 */
export function put(text, at, piece) {
  return text.slice(0, at) + piece + text.slice(at + piece.length);
}
