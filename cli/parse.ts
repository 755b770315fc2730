import { Command, CommanderError, Option as CommanderOption } from 'commander';
import { RemoteError } from '../bridge/remote/remote-error.js';
import { say } from '../messages/messages.js';
import type { CommandVerb, Option } from './verb.js';
import { help, verbs, version } from './verbs.js';

export type ParsedCommandLine =
  | { readonly kind: 'help'; readonly verb: CommandVerb | null }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'verb';
      readonly verb: CommandVerb;
      readonly args: readonly string[];
      /** Number of arguments after `--`, where nothing is an option. These are the last arguments. */
      readonly plain: number;
      readonly options: Options;
    };

/** By long name without dashes; a flag that was not given is undefined. */
export type Options = Readonly<Record<string, string | true | undefined>>;

/** Parses a command line. Throws `usage` for an invalid one. */
export function parse(words: readonly string[]): ParsedCommandLine {
  const [first, second] = words;
  if (first === undefined || isOne(help, first)) return { kind: 'help', verb: null };
  if (first === 'help') return { kind: 'help', verb: second === undefined ? null : verbNamed(second) };
  if (isOne(version, first)) return { kind: 'version' };
  // Options before the verb count as options of the verb.
  const at = words.findIndex((word) => !word.startsWith('-'));
  const name = words[at];
  if (name === undefined) throw wrong(say('command-line.unknown-option', { option: first }));
  const verb = verbNamed(name);
  return parseVerb(verb, [...words.slice(0, at), ...words.slice(at + 1)]);
}

function parseVerb(verb: CommandVerb, words: readonly string[]): ParsedCommandLine {
  const dashes = words.indexOf('--');
  const flags = dashes === -1 ? words : words.slice(0, dashes);
  if (flags.some((word) => isOne(help, word))) return { kind: 'help', verb };
  const command = new Command(verb.name)
    .exitOverride()
    .helpOption(false)
    .allowExcessArguments(false)
    .configureOutput({ writeErr: () => undefined });
  for (const { name, isMany, isOptional } of verb.args) {
    const text = isMany === true ? `${name}...` : name;
    command.argument(isOptional === true ? `[${text}]` : `<${text}>`);
  }
  for (const option of verb.options) command.addOption(commanderOption(option));
  try {
    command.parse([...words], { from: 'user' });
  } catch (error) {
    throw error instanceof CommanderError ? inOurWords(error, verb) : error;
  }
  const options = optionsOf(verb, command.opts());
  checkChoices(verb, command.args, options);
  const plain = dashes === -1 ? 0 : words.length - dashes - 1;
  return { kind: 'verb', verb, args: command.args, plain, options };
}

function commanderOption({ long, short, value }: Option): CommanderOption {
  const names = short === undefined ? long : `${short}, ${long}`;
  return new CommanderOption(value === undefined ? names : `${names} <${value}>`);
}

/** Commander turns `--no-start` into a `start` that is true unless the option is given. */
function optionsOf(verb: CommandVerb, given: Readonly<Record<string, unknown>>): Options {
  const named = verb.options.map(({ long, value }): [string, string | true | undefined] => {
    const name = long.slice(2);
    if (name.startsWith('no-')) return [name, given[name.slice(3)] === false ? true : undefined];
    const found = given[name];
    return [name, value === undefined ? (found === true ? true : undefined) : textOf(found)];
  });
  return Object.fromEntries(named);
}

function textOf(found: unknown): string | undefined {
  return typeof found === 'string' ? found : undefined;
}

function checkChoices({ args, options }: CommandVerb, given: readonly string[], values: Options): void {
  args.forEach(({ choices }, index) => check(choices, given[index]));
  for (const { long, choices } of options) check(choices, values[long.slice(2)]);
}

function check(choices: readonly string[] | undefined, value: string | true | undefined): void {
  if (choices === undefined || typeof value !== 'string' || choices.includes(value)) return;
  throw wrong(say('command-line.wrong-value', { value, choices: choices.join(', ') }));
}

/** Translates an error of Commander. The part at fault stands between quotation marks in its message. */
function inOurWords({ code, message }: CommanderError, { name }: CommandVerb): RemoteError {
  const what = /'([^']*)'/.exec(message)?.[1] ?? '';
  switch (code) {
    case 'commander.unknownOption':
      return wrong(say('command-line.unknown-option', { option: what }), name);
    case 'commander.optionMissingArgument':
      return wrong(say('command-line.missing-value', { option: /--[\w-]+/.exec(what)?.[0] ?? what }), name);
    case 'commander.missingArgument':
      return wrong(say('command-line.missing-argument', { argument: what.replace('...', '') }), name);
    case 'commander.excessArguments':
      return wrong(say('command-line.too-many-arguments', { verb: name }), name);
    default:
      return wrong(message, name);
  }
}

function verbNamed(name: string): CommandVerb {
  const verb = verbs.find((one) => one.name === name);
  if (verb === undefined) throw wrong(say('command-line.unknown-verb', { verb: name }));
  return verb;
}

/** Error `usage`, which leads to the help of the verb. */
export function wrong(message: string, verb?: string): RemoteError {
  const command = verb === undefined ? 'perch --help' : `perch ${verb} --help`;
  return new RemoteError({ cause: 'usage', message, next: say('command-line.see-help', { command }) });
}

/** Whole number of an option; null if the option was not given. Throws `usage` for other values. */
export function count(
  text: string | true | undefined,
  { least, most }: { least: number; most: number },
): number | null {
  if (typeof text !== 'string') return null;
  const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (number >= least && number <= most) return number;
  throw wrong(say('command-line.wrong-number', { value: text, least, most }));
}

function isOne({ long, short }: Option, word: string): boolean {
  return word === long || word === short;
}
