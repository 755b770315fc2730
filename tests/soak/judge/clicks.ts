import type { Transcript, Violation } from '../transcript.js';

type Found = Omit<Violation, 'rule'>;

/** Each click is carried out at most once, and not at all if Perch said that it failed. */
export function clicksAreTrue({ clicks }: Transcript): Found[] {
  return clicks.flatMap((click) => {
    const { serverId: about, doneAt, failedAt } = click;
    const name = typeof click.what === 'string' ? click.what : `command "${click.what.command}"`;
    const [first, second] = doneAt;
    if (second !== undefined) return [{ at: second, about, what: `${name} was carried out twice` }];
    if (first === undefined || failedAt === null) return [];
    const seconds = Math.round((first - failedAt) / 1000);
    const when = seconds > 0 ? `${seconds} s after` : 'although';
    const what = `${name} was carried out ${when} Perch said it came to nothing (${click.said.join(', ')})`;
    return [{ at: Math.max(first, failedAt), about, what }];
  });
}
