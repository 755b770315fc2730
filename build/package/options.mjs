/**
 * Parses the arguments after `npm run dist --`.
 *
 * @param {readonly string[]} args
 */
export function readOptions(args) {
  /** @type {string[]} */
  const rest = [];
  /** @type {{ kinds?: string[], archs?: string[] }} */
  const only = {};
  const words = [...args];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--only') only.kinds = list(words.shift());
    else if (word === '--arch') only.archs = list(words.shift());
    else if (word !== '--dir' && word !== '--complete') rest.push(word);
  }
  return { ...only, rest, unpacked: args.includes('--dir'), complete: args.includes('--complete') };
}

/** @param {string | undefined} text */
function list(text) {
  return (text ?? '').split(',').filter((word) => word !== '');
}
