/**
 * The JSON that a person wrote for a plain webhook. Values stand inside of texts as `{{title}}`, and are put in after the
 * JSON was read, so a hostile name stays a text and cannot add fields.
 */
import { templateFields } from '../../bridge/alerts/channel-kinds.js';

export type WebhookFields = Readonly<Record<string, string | number | boolean>>;

const place = /\{\{\s*([a-z]+)\s*\}\}/g;

/** The template with its values. A text that is nothing but one field keeps the type of the value. */
export function filled(template: unknown, fields: WebhookFields): unknown {
  if (typeof template === 'string') {
    const whole = /^\{\{\s*([a-z]+)\s*\}\}$/.exec(template)?.[1];
    if (whole !== undefined) return fields[whole] ?? '';
    return template.replace(place, (_match, name: string) => String(fields[name] ?? ''));
  }
  if (Array.isArray(template)) return template.map((item: unknown) => filled(item, fields));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([name, value]) => [name, filled(value, fields)]));
}

/** The first unknown name in the template; null = all are known. */
export function unknownField(template: string): string | null {
  const names = [...template.matchAll(place)].map(([, name = '']) => name);
  return names.find((name) => !templateFields.some((known) => known === name)) ?? null;
}
