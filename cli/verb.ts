/** Shape of a verb in the table of verbs, and how its usage is written. */
import type { MessageId } from '../messages/messages.js';

export interface Argument {
  /** Placeholder in the usage line, such as `NAME`. */
  readonly name:
    | 'NAME'
    | 'COMMAND'
    | 'SHELL'
    | 'ACTION'
    | 'PLAYER'
    | 'TEXT'
    | 'BACKUP'
    | 'PATH'
    | 'TARGET'
    | 'RULE'
    | 'DATABASE'
    | 'PANEL'
    | 'ADDRESS'
    | 'PERSON';
  readonly isOptional?: boolean;
  readonly isMany?: boolean;
  readonly choices?: readonly string[];
}

export interface Option {
  readonly long: string;
  readonly short?: string;
  /** Placeholder of the value; absent for a flag. */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly words: Extract<MessageId, `command-line.option-${string}`>;
}

export interface CommandVerb {
  readonly name: string;
  readonly words: Extract<MessageId, `command-line.verb-${string}`>;
  readonly args: readonly Argument[];
  readonly options: readonly Option[];
}

/** `send NAME COMMAND...` */
export function usageOf({ name, args }: Pick<CommandVerb, 'name' | 'args'>): string {
  return [name, ...args.map(argumentText)].join(' ');
}

function argumentText({ name, isMany, isOptional }: Argument): string {
  const text = isMany === true ? `${name}...` : name;
  return isOptional === true ? `[${text}]` : text;
}

/** `-f, --follow`, `-n, --lines COUNT` */
export function optionText({ long, short, value }: Option): string {
  const names = short === undefined ? long : `${short}, ${long}`;
  return value === undefined ? names : `${names} ${value}`;
}
