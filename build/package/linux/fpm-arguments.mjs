/**
 * Package order of electron-builder: a subset of fpm's arguments, because electron-builder believes that it calls fpm.
 *
 * @typedef {object} Order
 * @property {'deb' | 'rpm'} kind
 * @property {string} file path of the package
 * @property {string} name
 * @property {string} version
 * @property {string} architecture in the words of the kind
 * @property {string} maintainer
 * @property {string} vendor
 * @property {string} url
 * @property {string} licence
 * @property {string} category
 * @property {string} priority
 * @property {string} summary one line
 * @property {string} description the rest, one paragraph
 * @property {string} compression
 * @property {readonly string[]} depends
 * @property {readonly string[]} recommends
 * @property {string} afterInstall a script
 * @property {string} afterRemove a script
 * @property {readonly { from: string, to: string }[]} files a `from` with a final slash means the contents of the folder
 */

const flags = new Set(['--force', '--debug']);
const lists = new Set(['-d', '--deb-recommends']);

/**
 * @param {readonly string[]} args arguments of electron-builder for fpm
 * @returns {Order}
 */
export function orderOf(args) {
  const { options, many, files } = read(args);
  /** @param {string} name @param {string} [otherwise] */
  const value = (name, otherwise) => {
    const found = options.get(name) ?? otherwise;
    if (found === undefined) throw new Error(`electron-builder gave no ${name}`);
    return found;
  };
  const kind = value('-t');
  if (kind !== 'deb' && kind !== 'rpm') throw new Error(`there is nothing here that makes ${kind}`);
  const [first = '', ...others] = value('--description')
    .split('\n')
    .map((line) => line.trim());
  const summary = value('--rpm-summary', first);
  return {
    kind,
    summary,
    file: value('--package'),
    name: value('--name'),
    version: value('--version'),
    architecture: value('--architecture'),
    maintainer: value('--maintainer'),
    vendor: value('--vendor', ''),
    url: value('--url'),
    licence: value('--license', 'unknown'),
    category: value('--category', 'default'),
    priority: value('--deb-priority', 'optional'),
    description: (summary === first ? others : [first, ...others]).join(' ').trim(),
    compression: value(`--${kind}-compression`, 'xz'),
    depends: many.get('-d') ?? [],
    recommends: many.get('--deb-recommends') ?? [],
    afterInstall: value('--after-install'),
    afterRemove: value('--after-remove'),
    files,
  };
}

/** @param {readonly string[]} args */
function read(args) {
  /** @type {Map<string, string>} */
  const options = new Map();
  /** @type {Map<string, string[]>} */
  const many = new Map();
  /** @type {{ from: string, to: string }[]} */
  const files = [];
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (flags.has(arg)) continue;
    if (!arg.startsWith('-')) files.push(pair(arg));
    else if (lists.has(arg)) many.set(arg, [...(many.get(arg) ?? []), rest.shift() ?? '']);
    else options.set(arg, rest.shift() ?? '');
  }
  return { options, many, files };
}

/** @param {string} arg */
function pair(arg) {
  const at = arg.lastIndexOf('=');
  if (at < 0) throw new Error(`"${arg}" does not say where it goes`);
  return { from: arg.slice(0, at), to: arg.slice(at + 1) };
}
