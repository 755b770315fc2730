/** Figures that a server's plan may limit. */
export const limited = ['cpu', 'memory', 'disk'] as const;
export type Limited = (typeof limited)[number];
