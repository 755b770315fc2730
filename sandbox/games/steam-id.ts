/** Steam id of a player, always the same for a name. */
export function steamIdOf(player: string): string {
  const hash = [...player].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1e8, 7);
  return `765611980${hash.toString().padStart(8, '0')}`;
}
