/** Formats figures the same way in windows, tray and terminal. */
import { perLanguage, say } from '../../messages/messages.js';

/** One formatter per language: creating one is slow, and a fleet formats thousands of figures per second. */
const decimals = perLanguage((language) => new Intl.NumberFormat(language));

/** At most `digits` decimals, no trailing zero, no thousands separators. */
function decimal(value: number, digits: 0 | 1): string {
  const rounded = value.toFixed(digits);
  if (digits === 0 || rounded.endsWith('.0')) return rounded.replace(/\.0$/, '');
  return decimals().format(Number(rounded));
}

/** Whole percent: `<1 %`, `12 %`, `1204 %`. */
export function percent(value: number): string {
  const known = Math.max(0, Number.isFinite(value) ? value : 0);
  return known > 0 && known < 0.5 ? '<1 %' : `${decimal(known, 0)} %`;
}

/** Usage and limit for narrow columns: `57/60 %`, `57 %/∞`. */
export function percentPerLimit(value: number, limit: number | null): string {
  const used = percent(value);
  return limit === null || limit <= 0 ? `${used}/∞` : `${used.replace(' %', '')}/${percent(limit)}`;
}

/** Usage and limit as a phrase: `57 of 60 %`. */
export function percentOfLimit(value: number, limit: number | null): string {
  const used = percent(value);
  if (limit === null || limit <= 0) return used;
  return say('attention.of-limit', { used: used.replace(' %', ''), limit: percent(limit) });
}

const steps = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** Binary units with at most three digits: `612 MiB`, `1.1 GiB`. */
export function bytes(count: number): string {
  const { value, unit } = scaled(count);
  return `${value} ${unit}`;
}

/** Usage and limit for narrow columns: `612 MiB/1 GiB`, `1.1/2 GiB`, `612 MiB/∞`. */
export function bytesPerLimit(count: number, limit: number | null): string {
  if (limit === null) return `${bytes(count)}/∞`;
  const used = scaled(count);
  const most = scaled(limit);
  const first = used.unit === most.unit ? used.value : `${used.value} ${used.unit}`;
  return `${first}/${most.value} ${most.unit}`;
}

/** Usage and limit as a phrase: `612 MiB of 1 GiB`. */
export function bytesOfLimit(count: number, limit: number | null): string {
  return limit === null
    ? bytes(count)
    : say('attention.of-limit', { used: bytes(count), limit: bytes(limit) });
}

function scaled(count: number): { value: string; unit: string } {
  let value = Math.max(0, Number.isFinite(count) ? count : 0);
  let step = 0;
  // From 999.5 on, rounding would give 1000: four digits.
  while (value >= 999.5 && step < steps.length - 1) {
    value /= 1024;
    step += 1;
  }
  return { value: short(step === 0 ? Math.round(value) : value), unit: steps[step] ?? 'B' };
}

/** One decimal below 10, none above; no trailing zero. */
function short(value: number): string {
  return decimal(value, value < 9.95 ? 1 : 0);
}
