/** Finds secrets in commands that a log repeats: logins of players, and passwords of database users. Pure. */
import type { Range } from './secret-texts.js';

const commands = 'log|l|reg|cp|login|register|unregister|change(?:password|pass|pw)';
/** A command that a server ran for a player: all its words may be passwords. */
const issued = new RegExp(
  `(issued server command: /(?:\\w{1,20}:)?(?:authme )?(?:${commands}) {1,3})(\\S{1,100}(?: \\S{1,100}){0,2})`,
  'gi',
);
/** A command inside of other text, as in a plugin's hint. The next word is a password, unless more words follow. */
const typed =
  /((?<![\w/.<-])(?<!(?:GET|POST|PUT|HEAD) )\/(?:\w{1,20}:)?(?:login|(?:un)?register|changepassword) {1,3})((?!\/)[^\s"'<>[\](),;]{1,100}(?: (?!\/)[^\s"'<>[\](),;]{1,100})?)/gi;
/** Words after a command that explain it. */
const explains =
  /^(?:HTTP\/.*|\d{3}|\W+|passw(?:or)?d|passwort|pass|again|first|before|after|and|or|to|in|on|at|by|as|is|was|are|for|from|with|the|a|an|your|you|when|if|then|within|it|will|has|page|command|endpoint|route|failed|succeeded)\.?$/i;
const identifiedBy =
  /(identified (?:with \S{1,40} )?(?:by|as) (?:password )?\\?["'])(?!minecraft:|(?:uu)?id\b|names?\b)([^"'\\]{1,200})(?=\\?["'])/gi;

/** Commands of AuthMe with which an administrator sets a player's password, with or without the slash. */
const ofAdministrator =
  /((?<![\w/.<-])\/?authme (?:reg(?:ister)?|password|cp|change(?:password|pass)) {1,3}(?![<[])\S{1,100} {1,3})((?![<[])\S{1,100})/gi;
/** A line that is only a command, behind the mark of a console if the line has one: a console needs no slash. */
const bare =
  /^([>$#\s]{0,8}(?:\w{1,20}:)?(?:login|(?:un)?register|changepassword) {1,3})((?![<[({"'])\S{1,100}(?: \S{1,100}){0,2})\s{0,8}$/gi;
/** Words of a line about logins that is no command, such as "login server started". */
const tells =
  /^(?:\d[\d.]*(?:ms|s|m|%)?|ok|success(?:ful(?:ly)?)?|done|complete[ds]?|finished|started|stopped|required|enabled|disabled|timed?|timeout|attempts?|accepted|denied|refused|rejected|expired|errors?|took|needs?|not?|new|this|all|already|please|usage|user(?:name)?s?|players?|servers?|services?|sessions?|screens?|messages?|events?|handlers?|listeners?|hooks?|queues?|requests?|commands)[.!:,]*$/i;

/** Secrets of the commands of a line. */
export function commandSecretsIn(line: string): Range[] {
  return [
    ...[...line.matchAll(bare)].filter(([, , text = '']) => isOfPassword(text)).map(lastOf),
    ...[issued, identifiedBy, ofAdministrator].flatMap((pattern) => [...line.matchAll(pattern)].map(lastOf)),
    ...[...line.matchAll(typed)].filter(([, , text = '']) => !explains.test(firstOf(text))).map(lastOf),
  ];
}

/** False for words of a report, such as "login failed for Olive". */
function isOfPassword(text: string): boolean {
  return !explains.test(firstOf(text)) && !text.split(' ').some((word) => tells.test(word));
}

function firstOf(text: string): string {
  return text.split(' ', 1)[0] ?? '';
}

/** The second group of a match, which stands behind the first. */
function lastOf({ index, 1: lead = '', 2: text = '' }: RegExpExecArray): Range {
  const from = index + lead.length;
  return { from, to: from + text.length };
}
