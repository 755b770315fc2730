/**
 * Kinds of servers that Perch has a drawing for: games by name, other software by kind.
 * Windows import this file, so it does without zod.
 */
export const games = [
  'minecraft',
  'bedrock',
  /** Proxies in front of Minecraft servers: Velocity, BungeeCord. */
  'proxy',
  'rust',
  'ark',
  'valheim',
  /** Games of Valve's engine: Counter-Strike, Garry's Mod and others. */
  'source',
  'terraria',
  'factorio',
  'palworld',
  'zomboid',
  /** 7 Days to Die. */
  'seven-days',
  'voice',
  'bot',
  'database',
  'web',
] as const;
export type Game = (typeof games)[number];
