/**
 * Players that the console of a server names. A name is one line of text that a stranger chose.
 *
 * - `joined`, `left`: one player. `name` is null if the line has only an id, `id` is missing if the line has only a name.
 * - `listed`: players who are on now; `isWhole` = all of them.
 * - `lost`: Perch may miss lines from now on.
 * - `ended`: the process ended, so nobody is on.
 *
 * `isAltered` = the line had characters that Perch does not show, so a name in it may belong to somebody else.
 */
export type PlayerSighting =
  | {
      readonly kind: 'joined' | 'left';
      readonly name: string | null;
      readonly id?: string;
      readonly isAltered?: true;
    }
  | {
      readonly kind: 'listed';
      readonly names: readonly string[];
      readonly isWhole: boolean;
      readonly isAltered?: true;
    }
  | { readonly kind: 'lost' }
  | { readonly kind: 'ended' };
