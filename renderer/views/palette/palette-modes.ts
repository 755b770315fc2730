/** Modes of the palette, chosen by the first character of the search. Pure. */

export const prefixes = {
  '>': 'commands',
  '@': 'servers',
  '#': 'groups',
  '/': 'files',
  '?': 'help',
} as const;
export type Prefix = keyof typeof prefixes;
export type PaletteMode = 'all' | (typeof prefixes)[Prefix];

/** In the order of the help. */
export const prefixList: readonly Prefix[] = ['>', '@', '#', '/', '?'];

/** Mode and remaining search text. */
export function modeOf(search: string): { readonly mode: PaletteMode; readonly rest: string } {
  const text = search.trimStart();
  const prefix = prefixList.find((one) => text.startsWith(one));
  return prefix === undefined
    ? { mode: 'all', rest: search }
    : { mode: prefixes[prefix], rest: text.slice(prefix.length) };
}
