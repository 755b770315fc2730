import { locale } from '../words/words.js';

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** `1.2 GiB` */
export function bytes(count: number): string {
  const power = count < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(count) / 10));
  const number = count / 1024 ** power;
  return `${digits(number, power === 0 || number >= 100 ? 0 : 1)} ${units[power] ?? ''}`;
}

/** `12 %` */
export function percent(number: number): string {
  return `${digits(number, number < 10 ? 1 : 0)} %`;
}

function digits(number: number, most: number): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: most }).format(number);
}
