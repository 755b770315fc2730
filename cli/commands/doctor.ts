import type { StepResult } from '../../bridge/schema/diagnosis.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { RemoteStep } from '../../bridge/schema/remote-entities.js';
import { say, sentence } from '../../messages/messages.js';
import { painter, type Colour } from '../colours.js';
import { printJson, type Command } from './command.js';

const colours: Readonly<Record<StepResult, Colour>> = {
  good: 'green',
  warning: 'yellow',
  bad: 'red',
  unknown: 'yellow',
  'left-out': 'dim',
};

export const doctor: Command = async ({ perch, options, terminal }) => {
  const { steps } = await perch.ask('doctor', {});
  const paint = painter(terminal.hasColours);
  const lineOf = ({ name, result, ms, detail, next }: RemoteStep, index: number): string => {
    const said = paint(say(`diagnostics.${result}`), colours[result]);
    const time = paint(`(${say('diagnostics.ms', { ms: Math.round(ms) })})`, 'dim');
    return `${index + 1}. ${name}: ${said}. ${detail} ${next === '' ? '' : `${next} `}${time}\n`;
  };
  if (options['json'] === true) printJson(terminal, { steps });
  else terminal.out(steps.map(lineOf).join(''));
  const bad = steps.filter(({ result }) => result === 'bad').length;
  if (bad > 0)
    throw new RemoteError(newFailure('failed', sentence('command-line.checks-bad', { count: bad }), null));
};
