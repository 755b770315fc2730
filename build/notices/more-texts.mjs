/**
 * Licence texts that are not in a package's folder under the usual name: for code inside a package, and for packages
 * without a licence file. Paths in the checkout.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const moreTexts = {
  'abstract-logging': ['build/notices/texts/abstract-logging.txt'],
  'classic-level': [
    'node_modules/classic-level/deps/leveldb/leveldb-1.20/LICENSE',
    'node_modules/classic-level/deps/snappy/snappy/COPYING',
    'build/notices/texts/libuv.txt',
  ],
  imurmurhash: ['build/notices/texts/imurmurhash.txt'],
  'lazy-val': ['build/notices/texts/lazy-val.txt'],
  undici: ['node_modules/undici/lib/web/fetch/LICENSE', 'build/notices/texts/llhttp.txt'],
};
