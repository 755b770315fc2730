/**
 * Who made a rule: the user as a rule, or a setting of a server that stands for one (RULES "Derived rules"). Pure.
 *
 * The id of a rule tells its origin, so that a trace whose rule is gone still says where it came from.
 */
const derivedOrigins = ['when-empty', 'backup-plan'] as const;

export const ruleOrigins = ['own', ...derivedOrigins] as const;
/** `own` = made as a rule; `when-empty` = "When empty" of a server; `backup-plan` = the plan of its backups. */
export type RuleOrigin = (typeof ruleOrigins)[number];
export type DerivedOrigin = (typeof derivedOrigins)[number];

export function originOf(ruleId: string): RuleOrigin {
  return derivedOrigins.find((origin) => ruleId.startsWith(`${origin}:`)) ?? 'own';
}

/** The id of the rule that a setting of this server stands for. */
export function derivedId(origin: DerivedOrigin, serverId: string): string {
  return `${origin}:${serverId}`;
}
