/**
 * Writes what is no Latin-1 in a script as `\u201c`. V8 keeps a script in two bytes for each character as soon as one
 * of them needs two, and a few quotation marks would double what a megabyte of program takes.
 *
 * @returns {import('vite').Plugin}
 */
export function narrowScripts() {
  return {
    name: 'narrow-scripts',
    generateBundle(_options, bundle) {
      for (const part of Object.values(bundle)) if (part.type === 'chunk') part.code = narrowed(part.code);
    },
  };
}

/** @param {string} code */
export function narrowed(code) {
  // Character by character, so that a pair of surrogates becomes two escapes, which is what it is.
  return code.replace(/[\u0100-\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
