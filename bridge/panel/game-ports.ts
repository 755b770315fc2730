/** Ports that games are played at, which people type for the address of their panel. Pure. */

/** Minecraft, its Bedrock edition and its query, Source games, Rust, Valheim, Terraria, Factorio, FiveM, Palworld, ARK. */
const gamePorts: ReadonlySet<number> = new Set([
  ...[25565, 25575, 19132, 19133, 27015, 27016, 28015, 28016, 28017, 2456, 2457, 7777, 7778],
  ...[34197, 30120, 8211],
]);

/** The port of a game in a typed address; null where it has none, or another one. */
export function gamePortOf(address: string): number | null {
  const port = Number(/^\s*(?:[a-z]+:\/*)?[^/?#\s]*?:(\d{1,5})(?:[/?#]|\s*$)/i.exec(address)?.[1] ?? NaN);
  return gamePorts.has(port) ? port : null;
}
