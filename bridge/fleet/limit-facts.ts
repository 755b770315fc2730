/** Limits of a server in words, for windows and terminals. Pure except for the language. */
import { say } from '../../messages/messages.js';
import type { Limits } from '../schema/server-limits.js';
import { bytes, percent } from '../text/figures.js';

export interface NamedFact {
  readonly name: string;
  readonly text: string;
}

/** Limits of resources. A limit that the panel does not name is left out. */
export function limitFacts(limits: Limits): NamedFact[] {
  const { memoryBytes, swapBytes, diskBytes, cpuPercent, threads, ioWeight, oomKiller } = limits;
  const size = (limit: number | null): string =>
    limit === null ? say('server-settings.unlimited') : bytes(limit);
  const facts: (readonly [name: string, text: string | undefined])[] = [
    [say('charts.memory'), size(memoryBytes)],
    [say('server-settings.swap'), swapBytes === 0 ? say('server-settings.no-swap') : told(swapBytes, size)],
    [say('charts.disk'), size(diskBytes)],
    [say('charts.cpu'), cpuPercent === null ? say('server-settings.unlimited') : percent(cpuPercent)],
    [say('server-settings.cores'), told(threads, (cores) => cores ?? say('server-settings.all-cores'))],
    [say('server-settings.io-weight'), told(ioWeight, String)],
    [
      say('server-settings.oom-killer'),
      told(oomKiller, (isOn) => say(isOn ? 'server-settings.oom-on' : 'server-settings.oom-off')),
    ],
  ];
  return named(facts);
}

/** How many backups, databases and addresses the host allows. */
export function allowanceFacts({ backups, databases, allocations }: Limits): NamedFact[] {
  const count = (most: number): string => (most === 0 ? say('server-settings.none') : String(most));
  return named([
    [say('server.backups'), told(backups, count)],
    [
      say('server.databases'),
      told(databases, (most) => (most === null ? say('server-settings.unlimited') : count(most))),
    ],
    [
      say('server.addresses'),
      told(allocations, (most) => (most === 0 ? say('server-settings.no-further') : String(most))),
    ],
  ]);
}

/** The facts as one text, one per line. */
export function factsText(facts: readonly NamedFact[]): string {
  return facts.map(({ name, text }) => `${name}: ${text}`).join('\n');
}

function told<T>(value: T | undefined, words: (value: T) => string): string | undefined {
  return value === undefined ? undefined : words(value);
}

function named(facts: readonly (readonly [name: string, text: string | undefined])[]): NamedFact[] {
  return facts.flatMap(([name, text]) => (text === undefined ? [] : [{ name, text }]));
}
