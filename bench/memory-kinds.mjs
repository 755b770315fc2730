/* Memory of a process by kind: its mappings, counted by the kernel, and its allocators, counted by Chromium. */
import { readFileSync } from 'node:fs';

/**
 * MiB by kind.
 *
 * @typedef {Record<string, number>} Kinds
 */

/**
 * Mappings of `smaps` by kind. Every byte of the proportional set size is in one of them. Linux only.
 *
 * @param {number} pid
 * @returns {Kinds}
 */
export function mappingsOf(pid) {
  /** @type {Kinds} */
  const kinds = {};
  let kind = '';
  for (const text of readFileSync(`/proc/${pid}/smaps`, 'utf8').split('\n')) {
    const head = /^[\da-f]+-[\da-f]+ \S+ \S+ \S+ \S+ *(.*)$/.exec(text);
    if (head !== null) kind = kindOfMapping(head[1] ?? '');
    const size = /^Pss: +(\d+)/.exec(text);
    if (size !== null) kinds[kind] = (kinds[kind] ?? 0) + Number(size[1]) / 1024;
  }
  return kinds;
}

/** @param {string} name */
function kindOfMapping(name) {
  if (name === '' || name.startsWith('[')) return 'own memory';
  if (name.startsWith('/dev/shm') || name.startsWith('/memfd')) return 'shared between processes';
  if (/\/electron$/.test(name)) return "Electron's program";
  if (/\.(?:ldb|log|sst)$|classic-level/.test(name)) return 'LevelDB, mapped';
  return /\.(?:so|node)\b/.test(name) ? 'libraries' : 'data files of Electron';
}

/**
 * Allocators of each process, from the events of a trace with memory dumps.
 *
 * @param {string} trace JSON
 * @returns {Map<number, Kinds>} by process id
 */
export function allocatorsOf(trace) {
  /** @type {Map<number, Map<string, Record<string, { attrs?: { size?: { value: string }, effective_size?: { value: string } } }>>>} */
  const dumps = new Map();
  for (const { ph, pid, id, args } of JSON.parse(trace).traceEvents) {
    if (ph !== 'v' || args.dumps.allocators === undefined) continue;
    const ofProcess = dumps.get(pid) ?? new Map();
    dumps.set(pid, ofProcess.set(id, { ...ofProcess.get(id), ...args.dumps.allocators }));
  }
  // The first dump: the trace itself takes memory later.
  return new Map([...dumps].map(([pid, [first]]) => [pid, kindsOfDump(first?.[1] ?? {})]));
}

/**
 * Names of allocators, first match wins. A name without a kind is inside of another one.
 *
 * @type {readonly (readonly [name: RegExp, kind: string])[]}
 */
const allocators = [
  [/^v8\/\w+\/heap\/(?:new_space|new_large_object_space)$/, 'V8: young'],
  [/^v8\/\w+\/heap\/old_space$/, 'V8: old'],
  [/^v8\/\w+\/heap\/(?:code|trusted)\w*$/, 'V8: code and bytecode'],
  [/^v8\/\w+\/heap\/large_object_space$/, 'V8: large'],
  [/^v8\/(?:\w+\/(?:malloc|zapped_for_debug)|shared)$/, 'V8: around its heap'],
  [/^malloc$/, 'malloc: C++, GTK, LevelDB, sources'],
  [/^blink_gc$/, 'page: nodes and styles'],
  [/^partition_alloc$/, 'page: layout, texts, buffers'],
  [/^web_cache$/, 'page: scripts and styles as read (in malloc)'],
  [/^cc$/, 'page: tiles (shared with the GPU)'],
  [/^gpu$/, 'GPU: pictures'],
  [/^(?:sqlite|leveldatabase|site_storage|net)$/, "Chromium's storage and network"],
];

/** @param {Record<string, { attrs?: { size?: { value: string }, effective_size?: { value: string } } }>} dump @returns {Kinds} */
function kindsOfDump(dump) {
  /** @type {Kinds} */
  const kinds = {};
  for (const [name, { attrs }] of Object.entries(dump)) {
    const size = attrs?.effective_size ?? attrs?.size;
    const kind = allocators.find(([pattern]) => pattern.test(name))?.[1];
    if (kind !== undefined && size !== undefined)
      kinds[kind] = (kinds[kind] ?? 0) + Number.parseInt(size.value, 16) / 1024 / 1024;
  }
  return kinds;
}
