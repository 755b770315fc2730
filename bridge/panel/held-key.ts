/**
 * Kind of API key in the clipboard; windows get the kind and never the key.
 * `client` keys belong to a user; `application` keys belong to the admin API, which Perch does not use.
 */
export const heldKeys = ['none', 'client', 'application'] as const;
export type HeldKey = (typeof heldKeys)[number];
