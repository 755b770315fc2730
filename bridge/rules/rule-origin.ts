/**
 * Where a rule comes from: the user made the rule, or a setting of a server acts as a rule (RULES "Derived rules"). Pure.
 *
 * The id of a rule tells its origin, so that a trace whose rule is gone still says where the rule came from.
 */
const derivedOrigins = ['when-empty', 'backup-plan'] as const;

export const ruleOrigins = ['own', ...derivedOrigins] as const;
/** `own` = made by the user as a rule; `when-empty` = "When empty" of a server; `backup-plan` = the plan of its backups. */
export type RuleOrigin = (typeof ruleOrigins)[number];
export type DerivedOrigin = (typeof derivedOrigins)[number];

export function originOf(ruleId: string): RuleOrigin {
  return derivedOrigins.find((origin) => ruleId.startsWith(`${origin}:`)) ?? 'own';
}

/** Id of the rule that a setting of this server acts as. */
export function derivedId(origin: DerivedOrigin, serverId: string): string {
  return `${origin}:${serverId}`;
}
