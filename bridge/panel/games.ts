/**
 * What a server runs, as far as Perch has a drawing for it: games by their own name, and what else hosts rent out by its
 * kind. Without zod, for windows.
 */
export const games = [
  'minecraft',
  'bedrock',
  /** What stands in front of Minecraft servers: Velocity, BungeeCord. */
  'proxy',
  'rust',
  'ark',
  'valheim',
  /** Counter-Strike, Garry's Mod and what else Valve's engine runs. */
  'source',
  'terraria',
  'factorio',
  'palworld',
  'zomboid',
  'voice',
  'bot',
  'database',
  'web',
] as const;
export type Game = (typeof games)[number];
