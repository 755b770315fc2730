/** Reads the text of a crash report, which is hostile: plugins, mods and players choose much of the text. */
import { isAtLeastAsSpecific, symptomOf, type Symptom } from '../../bridge/fix-its/symptoms.js';
import type { ReportedCrash } from '../../bridge/schema/crash-reports.js';
import { plainPart } from './plain-part.js';

export interface ReadReport extends Pick<ReportedCrash, 'description' | 'cause' | 'suspect'> {
  /** The known cause that the report names; null without a known cause. */
  readonly symptom: Symptom | null;
  /** Index of the line that shows the cause; null if no line does. */
  readonly causeLine: number | null;
}

/** The lists of a system that follow the report name all mods and files, so they say nothing about the cause. */
const systemBegins = /^(?:-- System Details --|-{5,} {2}P R O C E S S)/;
/** Lines of a report that are read, and of a log the last ones. */
const mostLines = 2000;
const exception = /^[\w.$/]{1,200}(?:Exception|Error|Crash|Throwable)\b/;
const causedBy = 'Caused by: ';
const described = 'Description: ';
/** `# C  [libzstd-jni.so+0x1f3a0]  name+0x20`, the frame in which Java crashed. */
const frame = /^# [CVJj] {2}\[?([^\s+\]]{1,100})/;
const signal = /^#\s{1,4}(SIG[A-Z]{2,10} \(0x[0-9a-f]{1,8}\)|EXCEPTION_[A-Z_]{1,40})/;

/** `isLog` = the text is a whole log, of which the last lines count. */
export function readReport(lines: readonly string[], isLog: boolean): ReadReport {
  const system = isLog ? -1 : lines.findIndex((line) => systemBegins.test(line));
  const end = system < 0 ? lines.length : system;
  const first = isLog ? Math.max(0, end - mostLines) : 0;
  const head = lines.slice(first, Math.min(end, first + mostLines));
  const found = mostTelling(head);
  const thrown = isLog ? null : innermost(head);
  const causeLine = found?.at ?? thrown;
  return {
    symptom: found?.symptom ?? null,
    description: descriptionIn(head),
    cause: thrown === null ? null : thrownIn(head[thrown] ?? ''),
    suspect: isLog ? null : suspectIn(lines, head, thrown ?? 0),
    causeLine: causeLine === null ? null : first + causeLine,
  };
}

/** The cause that says most, and its first line. */
function mostTelling(lines: readonly string[]): { readonly symptom: Symptom; readonly at: number } | null {
  let best: { readonly symptom: Symptom; readonly at: number } | null = null;
  for (const [at, line] of lines.entries()) {
    const symptom = symptomOf(line);
    if (symptom !== null && (best === null || !isAtLeastAsSpecific(best.symptom.kind, symptom.kind)))
      best = { symptom, at };
  }
  return best;
}

/** Index of the last exception of the first chain of causes. */
function innermost(lines: readonly string[]): number | null {
  const native = lines.findIndex((line) => frame.test(line));
  if (native >= 0) return native;
  const begins = lines.findIndex((line) => exception.test(line));
  if (begins < 0) return null;
  let found = begins;
  for (let at = begins + 1; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.startsWith(causedBy)) found = at;
    // Frames are indented; an empty line ends the chain.
    else if (line.trim() === '') break;
  }
  return found;
}

/** The exception of the line, or the library of a frame. */
function thrownIn(line: string): string | null {
  return plainPart(frame.exec(line)?.[1] ?? line.replace(causedBy, ''), 200);
}

function descriptionIn(lines: readonly string[]): string | null {
  for (const line of lines) {
    if (line.startsWith(described)) return plainPart(line.slice(described.length), 200);
    const name = signal.exec(line)?.[1];
    if (name !== undefined) return name;
  }
  return null;
}

/** Games name suspected mods themselves; otherwise the first foreign archive of the stack. */
function suspectIn(all: readonly string[], head: readonly string[], from: number): string | null {
  for (const line of all.slice(0, mostLines * 2)) {
    const named = /^\s{0,8}Suspected Mods?(?:\(s\))?: (.{1,300})/.exec(line)?.[1];
    if (named !== undefined && !/^(?:none|unknown)\b/i.test(named)) return plainPart(named, 60);
  }
  for (const line of head.slice(from)) {
    const archive = archiveOf(line);
    if (archive !== null && !ofGame.test(archive)) return plainPart(archive, 60);
  }
  return null;
}

/** `at Shop-1.2.jar//com.shop.Sell.run(Sell.java:12) ~[Shop-1.2.jar:?]` */
function archiveOf(line: string): string | null {
  if (!line.startsWith('\tat ')) return null;
  const end = line.lastIndexOf('.jar');
  if (end < 0) return null;
  const begin = Math.max(...['[', ' ', '/', '\t'].map((mark) => line.lastIndexOf(mark, end)));
  return line.slice(begin + 1, end + '.jar'.length);
}

/** Archives of games, loaders and their libraries. */
const ofGame =
  /^(?:minecraft|server|vanilla|mojang|patched|paper|purpur|folia|spigot|craftbukkit|forge|fmlcore|fmlloader|neoforge|fabric-loader|fabric-server|intermediary|velocity|bungeecord|waterfall|modlauncher|bootstraplauncher|securejarhandler|mixin|sponge-mixin|brigadier|datafixerupper|authlib|netty|guava|gson|fastutil|log4j|asm|eventbus|java)/i;
