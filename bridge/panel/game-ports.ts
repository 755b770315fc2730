/** Game ports, which users type by mistake in the address of their panel. Pure. */

/**
 * Minecraft, its Bedrock edition and its query, Source games, Rust, Valheim, Terraria, Factorio, FiveM, Palworld,
 * ARK.
 */
const gamePorts: ReadonlySet<number> = new Set([
  ...[25565, 25575, 19132, 19133, 27015, 27016, 28015, 28016, 28017, 2456, 2457, 7777, 7778],
  ...[34197, 30120, 8211],
]);

/** The game port in a typed address; null if the address has no port or another port. */
export function gamePortOf(address: string): number | null {
  const port = Number(/^\s*(?:[a-z]+:\/*)?[^/?#\s]*?:(\d{1,5})(?:[/?#]|\s*$)/i.exec(address)?.[1] ?? NaN);
  return gamePorts.has(port) ? port : null;
}
