/** What the clipboard holds, as far as windows are told: whether it is a key of a person, or of the other kind. */
export const heldKeys = ['none', 'client', 'application'] as const;
export type HeldKey = (typeof heldKeys)[number];
