import type { Transcript, Violation } from './transcript.js';

/** Number of last events printed with a violation. */
const eventsShown = 25;

/** Readable report of one history: the first violation of each rule with the events before it. */
export function reportOf(transcript: Transcript, violations: readonly Violation[], replay: string): string {
  const first = [...new Map([...violations].reverse().map((one) => [one.rule, one])).values()].reverse();
  const parts = first.map((violation) => {
    const { rule, at, about, what } = violation;
    const count = violations.filter((one) => one.rule === rule).length;
    const head = `seed ${transcript.seed}, ${seconds(at)}: ${rule} (${count} times)\n  ${about ?? 'everywhere'}: ${what}`;
    return [head, ...eventsBefore(transcript, violation)].join('\n');
  });
  return [...parts, `again: ${replay}`].join('\n');
}

function eventsBefore({ events }: Transcript, { at, about }: Violation): string[] {
  const concerns = (where: string | null): boolean =>
    where === null || about === null || where === about || about.startsWith(`${where}/`) || isNode(where);
  return events
    .filter((event) => event.at <= at && concerns(event.about))
    .slice(-eventsShown)
    .map((event) => `    ${seconds(event.at)} ${event.about ?? ''} ${event.text}`);
}

function isNode(where: string): boolean {
  return where.endsWith('.example');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
