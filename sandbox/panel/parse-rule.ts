/** Reads a rule of Laravel's validator, such as `max:20`. */
export interface Rule {
  /** Laravel's name, such as `AlphaDash`. */
  name: string;
  parameters: string[];
}

const aliases: Record<string, string> = { Int: 'Integer', Bool: 'Boolean' };

export function parseRule(rule: string): Rule {
  const colon = rule.indexOf(':');
  const own = colon < 0 ? rule : rule.slice(0, colon);
  const studly = own
    .trim()
    .split(/[-_ ]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  const name = aliases[studly] ?? studly;
  if (colon < 0) return { name, parameters: [] };
  const raw = rule.slice(colon + 1);
  return { name, parameters: name === 'Regex' || name === 'NotRegex' ? [raw] : csv(raw) };
}

/** PHP's `str_getcsv`: commas, optional double quotes, doubled quotes inside. */
function csv(line: string): string[] {
  const fields: string[] = [];
  for (let rest: string | null = line; rest !== null;) {
    const found: RegExpExecArray | null = /^(?:\s*"((?:[^"]|"")*)"[^,]*|([^,]*))(,)?/.exec(rest);
    fields.push(found?.[1]?.replaceAll('""', '"') ?? found?.[2] ?? '');
    rest = found?.[3] === undefined ? null : rest.slice(found[0].length);
  }
  return fields;
}
