/**
 * What the console of a server says about its players by name. Names are one line of text that strangers chose.
 *
 * - `joined`, `left`: one player.
 * - `listed`: players who are on now; `isWhole` = all of them.
 * - `lost`: lines may be missed from now on.
 * - `ended`: the process ended, so nobody is on.
 */
export type PlayerSighting =
  | { readonly kind: 'joined' | 'left'; readonly name: string }
  | { readonly kind: 'listed'; readonly names: readonly string[]; readonly isWhole: boolean }
  | { readonly kind: 'lost' }
  | { readonly kind: 'ended' };
