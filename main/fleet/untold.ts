/** The live part of a server of which neither socket nor poll has told yet. */
export const untold = {
  power: null,
  crashedAt: null,
  crash: null,
  pending: null,
  usage: null,
  link: { kind: 'none' },
  problem: null,
} as const;
