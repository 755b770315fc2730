/**
 * Licence texts that don't lie in a package's own folder under the usual name: of code that a package has inside it,
 * and of packages that bring no file. The places are in the checkout.
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
