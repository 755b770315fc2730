/** Figures under one rule wherever a person reads them: windows, tray and terminal. */
import { locale, say } from '../../messages/messages.js';

/** Made once for each language: a formatter is dear, and a fleet writes thousands of figures a second. */
const decimals = new Map<string, Intl.NumberFormat>();

/** With at most so many decimals, no trailing zero, and no marks between thousands. */
function decimal(value: number, digits: 0 | 1): string {
  const rounded = value.toFixed(digits);
  if (digits === 0 || rounded.endsWith('.0')) return rounded.replace(/\.0$/, '');
  const language = locale();
  const format = decimals.get(language) ?? new Intl.NumberFormat(language);
  decimals.set(language, format);
  return format.format(Number(rounded));
}

/** Percent, whole ones: `<1 %`, `12 %`, `1204 %`. */
export function percent(value: number): string {
  const known = Math.max(0, Number.isFinite(value) ? value : 0);
  return known > 0 && known < 0.5 ? '<1 %' : `${decimal(known, 0)} %`;
}

/** Used of what a server may use, for narrow columns: `57/60 %`, `57 %/∞`. */
export function percentPerLimit(value: number, limit: number | null): string {
  const used = percent(value);
  return limit === null || limit <= 0 ? `${used}/∞` : `${used.replace(' %', '')}/${percent(limit)}`;
}

/** The same where there is room for a sentence: `57 of 60 %`. */
export function percentOfLimit(value: number, limit: number | null): string {
  const used = percent(value);
  if (limit === null || limit <= 0) return used;
  return say('attention.of-limit', { used: used.replace(' %', ''), limit: percent(limit) });
}

const steps = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** `612 MiB`, `1.1 GiB`: three digits at most, binary units. */
export function bytes(count: number): string {
  const { value, unit } = scaled(count);
  return `${value} ${unit}`;
}

/** Used of a limit, for narrow columns: `612 MiB/1 GiB`, `1.1/2 GiB`, `612 MiB/∞`. */
export function bytesPerLimit(count: number, limit: number | null): string {
  if (limit === null) return `${bytes(count)}/∞`;
  const used = scaled(count);
  const most = scaled(limit);
  const first = used.unit === most.unit ? used.value : `${used.value} ${used.unit}`;
  return `${first}/${most.value} ${most.unit}`;
}

/** The same where there is room for a sentence: `612 MiB of 1 GiB`. */
export function bytesOfLimit(count: number, limit: number | null): string {
  return limit === null
    ? bytes(count)
    : say('attention.of-limit', { used: bytes(count), limit: bytes(limit) });
}

function scaled(count: number): { value: string; unit: string } {
  let value = Math.max(0, Number.isFinite(count) ? count : 0);
  let step = 0;
  // 999.5 would be written as 1000: four digits.
  while (value >= 999.5 && step < steps.length - 1) {
    value /= 1024;
    step += 1;
  }
  return { value: short(step === 0 ? Math.round(value) : value), unit: steps[step] ?? 'B' };
}

/** One decimal below 10, none above, no trailing zero. */
function short(value: number): string {
  return decimal(value, value < 9.95 ? 1 : 0);
}
