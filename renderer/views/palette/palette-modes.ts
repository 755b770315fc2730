/** What the first character of a search narrows the palette to. Pure. */

export const prefixes = { '>': 'commands', '@': 'servers', '#': 'groups', '?': 'help' } as const;
export type Prefix = keyof typeof prefixes;
export type PaletteMode = 'all' | (typeof prefixes)[Prefix];

/** In the order in which the palette tells of them. */
export const prefixList: readonly Prefix[] = ['>', '@', '#', '?'];

/** The mode, and what is looked for in it. */
export function modeOf(search: string): { readonly mode: PaletteMode; readonly rest: string } {
  const text = search.trimStart();
  const prefix = prefixList.find((one) => text.startsWith(one));
  return prefix === undefined
    ? { mode: 'all', rest: search }
    : { mode: prefixes[prefix], rest: text.slice(prefix.length) };
}
