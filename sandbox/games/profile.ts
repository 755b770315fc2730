/** Colours a text by SGR number, as games do. */
export const paint = (code: number, text: string) => `\u001b[${code}m${text}\u001b[0m`;

/** State of the running game for a profile. */
export interface Scene {
  /** Name of the server in the panel. */
  name: string;
  /** Seconds since the start of the boot, for lines such as "Done (2.1s)". */
  seconds: number;
  players: readonly string[];
  /** Most players at once. */
  slots: number;
}

/** Output of one game. Every function returns whole lines without a newline. */
export interface Profile {
  /** Lines of the boot in order; the last one matches the done pattern. */
  boot: ((scene: Scene) => string)[];
  chatter: ((scene: Scene) => string)[];
  joined(player: string): string;
  /** `why` = the reason, for games that print reasons. */
  left(player: string, why?: string): string;
  list(scene: Scene): string[];
  said(text: string): string;
  info(text: string): string;
  unknown(command: string): string;
  crash: () => string[];
  saving: string[];
  /** Word that lists the players besides `list`. */
  listWord?: string;
  /** Commands about players that the console knows. */
  moderation?: 'minecraft' | 'bedrock' | 'rust' | 'source';
  /** True if the console knows `save-off`, `save-on` and `save-all`. */
  canSave?: boolean;
}

/** Any of the texts. */
export const pick = (from: readonly string[], otherwise: string) =>
  from[Math.floor(Math.random() * from.length)] ?? otherwise;
/** A whole number from 0 up to, but without, `limit`. */
export const upTo = (limit: number) => Math.floor(Math.random() * limit);

/** Time of the day, as `14:32:05`. */
export function clock(now = new Date()): string {
  return [now.getHours(), now.getMinutes(), now.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

export const talk = [
  'has anybody seen my horse?',
  'anyone for the end city tonight?',
  'trading two stacks of iron for a saddle',
  'the farm is full again, help yourselves',
  'who moved the boats?',
  'back in five, dinner',
  'portal room is lit now',
  'gg, that was close',
];
export const activities = [
  'went to bed',
  'caught a very large fish',
  'was almost hit by lightning',
  'planted 64 birch saplings',
  'found the way back',
];
