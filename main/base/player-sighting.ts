/**
 * Players that the console of a server names. A name is one line of text that a stranger chose.
 *
 * - `joined`, `left`: one player.
 * - `listed`: players who are on now; `isWhole` = all of them.
 * - `lost`: Perch may miss lines from now on.
 * - `ended`: the process ended, so nobody is on.
 */
export type PlayerSighting =
  | { readonly kind: 'joined' | 'left'; readonly name: string }
  | { readonly kind: 'listed'; readonly names: readonly string[]; readonly isWhole: boolean }
  | { readonly kind: 'lost' }
  | { readonly kind: 'ended' };
