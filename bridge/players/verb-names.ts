/** Names of the verbs, the actions on a player. */
export const playerVerbs = [
  'message',
  'kick',
  'ban',
  'pardon',
  'whitelist-add',
  'whitelist-remove',
  'op',
  'deop',
] as const;
export type PlayerVerb = (typeof playerVerbs)[number];
