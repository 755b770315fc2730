/** Arguments of a command: words, or texts in double quotes. */
export function argumentsOf(text: string): string[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(
    ([, quoted, word]) => quoted?.replaceAll(/\\(.)/g, '$1') ?? word ?? '',
  );
}

/** The first word of a text, and the rest without the space between. */
export function firstWord(text: string): { word: string; rest: string } {
  const [word = '', ...rest] = text.trim().split(' ');
  return { word, rest: rest.join(' ').trim() };
}

/** The player of this name, in any case; null = not on. */
export function findPlayer(players: readonly string[], name: string): string | null {
  return players.find((player) => player.toLowerCase() === name.toLowerCase()) ?? null;
}
