/**
 * Looks for known secrets in bytes, in every form in which a program may have written them: as they are, UTF-16, JSON
 * (of JavaScript and of PHP), a URL, HTML, a shell, Base64 at any offset, Base64 for URLs, hexadecimal.
 *
 * A test names each secret with `add` and then searches what Perch wrote and sent. A finding names the secret and the
 * place, never the value, so that the report of a failed test is no leak either.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { writtenForms } from '../../bridge/redaction/written-forms.js';
import { isFileNow, pathsBelow } from './paths-below.js';

interface Needle {
  readonly secret: string;
  readonly bytes: Buffer;
}

/** Whole keys and tokens that no test knows beforehand, such as those for websockets. A key's first 16 letters are public. */
const keyShaped = /\b(?:ptl[ac]|pacc|plcn|papp|peli)_[A-Za-z0-9]{20,}|\beyJ[\w-]{15,}\.[\w-]{15,}\./g;

/** Fewest characters of a form. A shorter one stands in every file by chance. */
const shortest = 6;

export class LeakSearch {
  readonly #needles: Needle[] = [];

  /** Names a secret. An empty or short value would match nothing or all texts, so it throws. */
  add(secret: string, value: string): void {
    if (value.length < shortest)
      throw new Error(`The secret “${secret}” has fewer than ${shortest} characters.`);
    const forms = new Set(formsOf(value).map((bytes) => bytes.toString('latin1')));
    for (const form of forms) this.#needles.push({ secret, bytes: Buffer.from(form, 'latin1') });
  }

  /** Names of the secrets in a text or in bytes. */
  in(content: string | Buffer): string[] {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
    const known = this.#needles.filter((needle) => bytes.includes(needle.bytes)).map(({ secret }) => secret);
    const shaped = [...bytes.toString('latin1').matchAll(keyShaped)].map(
      ({ 0: text }) => `${text.slice(0, 8)}…`,
    );
    return [...new Set([...known, ...shaped])];
  }

  /** `path: secret` for every file below `folder`. Skips sockets and vanished files. */
  inFolder(folder: string): string[] {
    return pathsBelow(folder).flatMap((name) => {
      const path = join(folder, name);
      const own = this.in(basename(name)).map((secret) => `the name of ${path}: ${secret}`);
      const bytes = isFileNow(path) ? bytesOf(path) : null;
      return bytes === null ? own : [...own, ...this.in(bytes).map((secret) => `${path}: ${secret}`)];
    });
  }

  /** `program: secret` for the command line and the environment of every process that this user may read (Linux). */
  inProcesses(): string[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((id) =>
        ['cmdline', 'environ'].flatMap((part) => {
          const bytes = bytesOf(join('/proc', id, part));
          if (bytes === null) return [];
          return this.in(bytes).map((secret) => `${part} of ${programOf(id)}: ${secret}`);
        }),
      );
  }
}

function formsOf(value: string): Buffer[] {
  const plain = Buffer.from(value, 'utf8');
  const texts = writtenForms(value).filter(({ length }) => length >= shortest);
  return [
    ...texts.map((text) => Buffer.from(text, 'utf8')),
    ...[value, JSON.stringify(value).slice(1, -1)].map((text) => Buffer.from(text, 'utf16le')),
    Buffer.from(plain.toString('hex')),
    ...[0, 1, 2].flatMap((offset) => base64At(plain, offset)),
  ];
}

/** Base64 of a value that stands `offset` bytes behind the beginning of a group, without the letters it shares. */
function base64At(value: Buffer, offset: number): Buffer[] {
  const padded = Buffer.concat([Buffer.alloc(offset), value]);
  const whole = padded.subarray(0, padded.length - (padded.length % 3));
  const text = whole.toString('base64').slice(offset === 0 ? 0 : offset + 1);
  const forms = [text, text.replaceAll('+', '-').replaceAll('/', '_')];
  return forms.filter(({ length }) => length >= shortest).map((form) => Buffer.from(form));
}

/** null = the file is missing, or this user may not read it. */
function bytesOf(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

function programOf(id: string): string {
  try {
    return readlinkSync(join('/proc', id, 'exe'));
  } catch {
    return id;
  }
}
