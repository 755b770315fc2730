import { say } from '../messages/messages.js';
import { exitCodeTable } from './exit-codes.js';
import { optionText, usageOf, type CommandVerb, type Option } from './verb.js';
import { help, verbs, version } from './verbs.js';

/** Text of `perch --help` or `perch VERB --help`. */
export function helpText(verb: CommandVerb | null): string {
  return verb === null ? ofAll() : ofVerb(verb);
}

function ofAll(): string {
  return [
    `${say('command-line.usage')} perch ${say('command-line.usage-any')}`,
    '',
    say('command-line.about'),
    '',
    `${say('command-line.verbs')}`,
    ...rows(verbs.map((verb) => [usageOf(verb), say(verb.words)])),
    '',
    `${say('command-line.options')}`,
    ...optionRows([help, version]),
    '',
    say('command-line.naming'),
    '',
    `${say('command-line.exit-codes')}`,
    ...rows(exitCodeTable.map(([code, words]) => [String(code), say(words)])),
    '',
  ].join('\n');
}

function ofVerb(verb: CommandVerb): string {
  const naming = verb.args.some(({ name }) => name === 'NAME') ? [say('command-line.naming'), ''] : [];
  return [
    `${say('command-line.usage')} perch ${usageOf(verb)} ${say('command-line.usage-options')}`,
    '',
    say(verb.words),
    '',
    `${say('command-line.options')}`,
    ...optionRows([...verb.options, help]),
    '',
    ...naming,
  ].join('\n');
}

function optionRows(options: readonly Option[]): string[] {
  return rows(
    options.map((option) => {
      const choices = option.choices === undefined ? '' : ` (${option.choices.join(', ')})`;
      return [optionText(option), `${say(option.words)}${choices}`];
    }),
  );
}

function rows(pairs: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...pairs.map(([left]) => left.length));
  return pairs.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
