/** Live state of a server before the first answer from socket or poll. */
export const noLiveState = {
  power: null,
  crashedAt: null,
  crash: null,
  pending: null,
  usage: null,
  link: { kind: 'none' },
  problem: null,
} as const;
