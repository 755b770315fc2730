/** Protocols in which Perch asks a game server for its players. Without zod, for windows. */
export const queryProtocols = [
  'minecraft-status',
  'minecraft-query',
  'bedrock',
  'source',
  'fivem',
  'teamspeak',
] as const;
export type QueryProtocolId = (typeof queryProtocols)[number];

/** A host that the user may choose: a name, or an address without brackets. */
export const queryHost = /^[\p{L}\p{N}._:-]{1,255}$/u;

/**
 * Why a question has no usable answer: no answer came; no program listens at the port; the name has no address; a
 * proxy applies, which carries no UDP; the answer breaks the protocol; Perch never connects to this address.
 */
export const queryFailureKinds = [
  'silent',
  'refused',
  'unknown-host',
  'no-udp',
  'nonsense',
  'closed',
] as const;
export type QueryFailureKind = (typeof queryFailureKinds)[number];
