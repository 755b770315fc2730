/** Reads reports of engines that are no Java: Unreal, Source and Unity. Their text is hostile. Pure. */
import type { ReportedCrash } from '../../bridge/schema/crash-reports.js';
import { plainPart } from './plain-part.js';

export interface NativeReport extends Pick<ReportedCrash, 'description' | 'cause' | 'suspect'> {
  /** Index of the line that shows the cause; null if no line does. */
  readonly causeLine: number | null;
}

/** Lines that are looked through. */
const mostLines = 4000;
/** Longest part of a line that is looked through, in characters. */
const mostOfLine = 1000;
/** The end of a file of Source that is read, in bytes. */
const mostOfSource = 1024 * 1024;

/** The text of the newest report in lines. Unreal writes UTF-8 or UTF-16, and "&nl;" for a line break in a value. */
export function reportLines(path: string, bytes: Uint8Array): string[] {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  // The start script of Source servers adds each crash to the end of the same file.
  const isSource = path.endsWith('/debug.log');
  const read = isSource ? bytes.subarray(-mostOfSource) : bytes;
  const text = new TextDecoder(isWide ? 'utf-16le' : 'utf-8').decode(read);
  const lines = (path.endsWith('.runtime-xml') ? unescaped(text) : text).split(/\r?\n/);
  const last = isSource ? lines.findLastIndex((line) => line.startsWith('CRASH: ')) : 0;
  return lines.slice(Math.max(0, last));
}

const entities: Readonly<Record<string, string>> = {
  '&nl;': '\n',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};

function unescaped(text: string): string {
  return text.replace(/&(?:nl|lt|gt|quot|apos|amp);/g, (entity) => entities[entity] ?? entity);
}

/** null if the lines are no report of these engines. */
export function nativeReport(lines: readonly string[]): NativeReport | null {
  const shown = lines.slice(0, mostLines).map((line) => line.slice(0, mostOfLine));
  return unreal(shown) ?? source(shown) ?? unity(shown);
}

/** `<ErrorMessage>Assertion failed: …</ErrorMessage>` and the first frame of `<CallStack>`. */
function unreal(lines: readonly string[]): NativeReport | null {
  const at = lines.findIndex((line) => line.includes('<ErrorMessage>'));
  if (at < 0) return null;
  const said = (lines[at] ?? '').replace(/^.*<ErrorMessage>/, '').replace(/<\/ErrorMessage>.*$/, '');
  const stack = lines.findIndex((line) => /<(?:Portable)?CallStack>/.test(line));
  const frames = stack < 0 ? [] : lines.slice(stack, stack + 100);
  const frame = frames.map((line) => line.replace(/^.*<(?:Portable)?CallStack>/, '')).find(isFrame);
  return {
    description: plainPart(said, 200),
    cause: frame === undefined ? null : plainPart(frame, 200),
    suspect: null,
    causeLine: at,
  };
}

/** `PalServer-Linux-Shipping!FMallocBinned2::Malloc(unsigned long) [file:1]`, `PalServer 0x0000000000400000 + 7b3f1e0` */
function isFrame(line: string): boolean {
  return /^\s{0,8}[\w.-]{1,100}(?:!| 0x[\da-f]{6,16})/.test(line);
}

const terminated = /^Program terminated with signal (?:(SIG[A-Z]{2,10})|\d{1,2}), ([\w ]{1,60})/;
const frameStart = /^#\d{1,4} {1,4}(?:0x[\da-f]{6,16} in )?/;

interface SourceFrame {
  readonly call: string;
  readonly file: string;
}

/** The newest crash of `debug.log`, which gdb has written. */
function source(lines: readonly string[]): NativeReport | null {
  const at = lines.findIndex((line) => terminated.test(line));
  if (at < 0) return null;
  const [, name, words = ''] = terminated.exec(lines[at] ?? '') ?? [];
  const frames = lines.map(sourceFrame).filter((frame) => frame !== null);
  const known = frames.find(({ call }) => call !== '??') ?? frames[0];
  const addon = frames.find(({ file }) => /\/addons\/|\/lua\/bin\//.test(file));
  return {
    description: plainPart(name === undefined ? words : `${name} (${words})`, 200),
    cause: known === undefined ? null : plainPart(`${known.call} (${nameOf(known.file)})`, 200),
    suspect: addon === undefined ? null : plainPart(nameOf(addon.file), 60),
    causeLine: at,
  };
}

/**
 * `#1  0xec76e72f in CForward::PushString(char const*) () from /home/container/csgo/addons/sourcemod/x.so`; null if the
 * line is no frame. Cuts by position: one pattern for the whole line would try each " from " of a hostile line again.
 */
function sourceFrame(line: string): SourceFrame | null {
  const start = frameStart.exec(line)?.[0].length;
  const end = line.lastIndexOf(' from ');
  if (start === undefined || end <= start) return null;
  const file = line.slice(end + ' from '.length);
  const call = line.slice(start, end).split('(', 1)[0]?.trim() ?? '';
  return call === '' || !/^\S{1,300}$/.test(file) ? null : { call: call.slice(0, 200), file };
}

/** `UnityPlayer.dll caused an Access Violation (0xc0000005)`, and the module in the next line. */
function unity(lines: readonly string[]): NativeReport | null {
  const caused = /^\S{1,100} caused an? ([A-Z][\w ]{1,60} \(0x[\da-f]{8}\))/;
  const at = lines.findIndex((line) => caused.test(line));
  if (at < 0) return null;
  const place = /in module ([\w.-]{1,100})/.exec(lines.slice(at, at + 2).join(' '))?.[1];
  const description = caused.exec(lines[at] ?? '')?.[1] ?? '';
  return { description, cause: place ?? null, suspect: null, causeLine: at };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
