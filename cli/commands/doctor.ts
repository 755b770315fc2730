import { RemoteError } from '../../bridge/remote-error.js';
import type { RemoteStep } from '../../bridge/remote.js';
import { say } from '../../words/words.js';
import { painter } from '../colours.js';
import { printJson, type Command } from './command.js';

const colours = { good: 'green', bad: 'red', unknown: 'yellow' } as const;

export const doctor: Command = async ({ perch, options, terminal }) => {
  const { steps } = await perch.ask('doctor', {});
  const paint = painter(terminal.hasColours);
  const lineOf = ({ name, result, detail }: RemoteStep, index: number): string => {
    const said = paint(say(`command-line.check-${result}`), colours[result]);
    return `${index + 1}. ${name}: ${said}. ${detail}\n`;
  };
  if (options['json'] === true) printJson(terminal, { steps });
  else terminal.out(steps.map(lineOf).join(''));
  const bad = steps.filter(({ result }) => result === 'bad').length;
  if (bad > 0) throw found(bad);
};

function found(count: number): RemoteError {
  return new RemoteError({ cause: 'failed', message: say('command-line.checks-bad', { count }), next: '' });
}
