/** Completion scripts for verbs, options and server names. */
import type { CommandVerb, Option } from './verb.js';
import type { Shell } from './verb-choices.js';
import { help, verbs } from './verbs.js';

export function completion(shell: Shell): string {
  return { bash, zsh, fish }[shell]();
}

/** Names of servers, one per line; empty if Perch does not run. */
const names = 'perch list --json --no-start 2>/dev/null';
const cutNames = `sed 's/{"id"/\\n&/g' | sed -n 's/.*"name":"\\([^"\\\\]*\\)".*/\\1/p'`;

function flagsOf({ options }: Pick<CommandVerb, 'options'>): string[] {
  return [...options, help].flatMap(({ long, short }) => (short === undefined ? [long] : [short, long]));
}

function takesNames({ args }: CommandVerb): boolean {
  return args.some(({ name }) => name === 'NAME');
}

function bash(): string {
  const cases = verbs.map((verb) => `    ${verb.name}) flags="${flagsOf(verb).join(' ')}" ;;`);
  const values = valued().map(
    ([flag, choices]) =>
      `    ${flag}) COMPREPLY=($(compgen -W "${choices.join(' ')}" -- "$word")); return ;;`,
  );
  return `# Completion of perch for bash: source this, or put it where bash-completion looks.
_perch() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" flags=""
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${[...verbs.map(({ name }) => name), '--help', '--version'].join(' ')}" -- "$word"))
    return
  fi
  case "$before" in
${values.join('\n')}
  esac
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  if [[ "$word" == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}:$COMP_CWORD" in
${chosen()
  .map(
    ([name, choices]) =>
      `    ${name}:2) COMPREPLY=($(compgen -W "${choices.join(' ')}" -- "$word")); return ;;`,
  )
  .join('\n')}
  esac
  case "\${COMP_WORDS[1]}" in
    ${verbs
      .filter(takesNames)
      .map(({ name }) => name)
      .join('|')})
      local name
      while IFS= read -r name; do
        if [[ "$name" == "$word"* ]]; then COMPREPLY+=("$(printf '%q' "$name")"); fi
      done < <(${names} | ${cutNames}) ;;
  esac
}
complete -F _perch perch
`;
}

/** Verbs whose first argument has a fixed set of values. */
function chosen(): [string, readonly string[]][] {
  return verbs.flatMap(({ name, args: [first] }) =>
    first?.choices === undefined ? [] : [[name, first.choices] as [string, readonly string[]]],
  );
}

/** Options with a fixed set of values. */
function valued(): [string, readonly string[]][] {
  return verbs.flatMap(({ options }) =>
    options.flatMap(({ long, short, choices }) =>
      choices === undefined
        ? []
        : [[short === undefined ? long : `${long}|${short}`, choices] as [string, readonly string[]]],
    ),
  );
}

function zsh(): string {
  const cases = verbs.map((verb) => `        ${verb.name}) _arguments ${zshArguments(verb)} ;;`);
  return `#compdef perch
_perch_servers() {
  local -a servers
  servers=(\${(f)"$(${names} | ${cutNames})"})
  compadd -a servers
}
_perch() {
  local -a verbs
  verbs=(${verbs.map(({ name }) => name).join(' ')})
  _arguments -C '1:verb:(${verbs.map(({ name }) => name).join(' ')})' '*::arg:->args'
  case $state in
    args)
      case $line[1] in
${cases.join('\n')}
      esac ;;
  esac
}
if [ "$funcstack[1]" = "_perch" ]; then _perch "$@"; else compdef _perch perch; fi
`;
}

function zshArguments(verb: CommandVerb): string {
  const flags = [...verb.options, help].flatMap(zshFlags);
  const [first] = verb.args;
  const rest = takesNames(verb) ? ["'*:server:_perch_servers'"] : [];
  const choices =
    first?.choices === undefined ? [] : [`'1:${first.name.toLowerCase()}:(${first.choices.join(' ')})'`];
  return [...flags, ...choices, ...rest].join(' ');
}

function zshFlags({ long, short, value, choices }: Option): string[] {
  const suffix =
    value === undefined
      ? ''
      : `:${value.toLowerCase()}:${choices === undefined ? '' : `(${choices.join(' ')})`}`;
  return (short === undefined ? [long] : [short, long]).map((name) => `'${name}${suffix}'`);
}

function fish(): string {
  const all = verbs.map(({ name }) => name).join(' ');
  const flags = verbs.flatMap((verb) => [...verb.options, help].map((option) => fishFlag(verb.name, option)));
  return `# Completion of perch for fish
function __perch_servers
  ${names} | ${cutNames}
end
complete -c perch -f
complete -c perch -n __fish_use_subcommand -a '${all}'
complete -c perch -n '__fish_seen_subcommand_from ${verbs
    .filter(takesNames)
    .map(({ name }) => name)
    .join(' ')}' -a '(__perch_servers)'
${chosen()
  .map(
    ([name, choices]) =>
      `complete -c perch -n '__fish_seen_subcommand_from ${name}' -a '${choices.join(' ')}'`,
  )
  .join('\n')}
${flags.join('\n')}
`;
}

function fishFlag(verb: string, { long, short, value, choices }: Option): string {
  const shortFlag = short === undefined ? '' : ` -s ${short.slice(1)}`;
  const takes = value === undefined ? '' : choices === undefined ? ' -x' : ` -x -a '${choices.join(' ')}'`;
  return `complete -c perch -n '__fish_seen_subcommand_from ${verb}'${shortFlag} -l ${long.slice(2)}${takes}`;
}
