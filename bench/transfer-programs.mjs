/* Programs that move the same files as Perch: tar and curl with links of the panel, and OpenSSH's sftp. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { pause } from './figures.mjs';

const mebibyte = 1_048_576;
/** Bytes of an archive; nodes take 100 MB. */
const mostBytes = 95 * mebibyte;
/** Pause between two looks at an archive that a node packs. */
const lookMs = 500;
const run = promisify(execFile);

/** @typedef {{ panel: import('./servers.mjs').Servers, uuid: string, folder: string }} Place `folder` = of this computer */

/** @param {Place} place @param {string} path below `/api/client` @param {object} [body] */
async function ask({ panel: { panel, key } }, path, body) {
  const answer = await fetch(`${panel}/api/client${path}`, {
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
    },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`The panel answered ${answer.status} to ${path}: ${await answer.text()}`);
  return answer.status === 204 ? null : answer.json();
}

/** A script that uses links of the node. */
export class ByLinks {
  /** @param {Place} place */
  constructor(place) {
    this.place = place;
  }

  /** Sends a folder: each file if there are few, else packed, as many as an archive may hold. @param {string} source @param {string} target */
  async send(source, target) {
    const files = filesIn(source);
    if (files.length > 50) return this.#sendPacked(source, files, target);
    for (const file of files) await this.#upload(join(source, file), join(target, dirname(file)));
  }

  /** @param {string} source @param {readonly string[]} files @param {string} target */
  async #sendPacked(source, files, target) {
    const archive = join(this.place.folder, 'script.tar');
    for (let rest = [...files]; rest.length > 0;) {
      let bytes = 0;
      const first = rest.findIndex((file) => (bytes += statSync(join(source, file)).size) > mostBytes);
      const own = rest.splice(0, first < 0 ? rest.length : Math.max(1, first));
      await withList(this.place.folder, own, (list) => run('tar', ['cf', archive, '-C', source, '-T', list]));
      await this.#upload(archive, target);
      await this.#change('decompress', { root: target, file: 'script.tar' });
      await this.#change('delete', { root: target, files: ['script.tar'] });
    }
    rmSync(archive);
  }

  /** @param {string} file @param {string} folder of the server */
  async #upload(file, folder) {
    const { attributes } = await ask(this.place, `/servers/${this.place.uuid}/files/upload`);
    const address = `${attributes.url}&directory=${encodeURIComponent(folder)}`;
    await run('curl', ['--silent', '--fail', '--form', `files=@${file}`, address]);
  }

  /** Fetches a file, or a folder as an archive that the node packs. @param {string} name @param {string} to a folder */
  async fetch(name, to) {
    const { folder } = this.place;
    const facts = (await this.#list()).find((entry) => entry.name === name);
    if (facts?.is_file === true) {
      await this.#download(name, join(to, name));
      // Perch too finishes only when the file is on the disk.
      return run('sync', [join(to, name)]);
    }
    const packed = await this.#pack(name);
    const archive = join(folder, 'script.tar.gz');
    await this.#download(packed, archive);
    await this.#change('delete', { root: '/', files: [packed] });
    await run('tar', ['xzf', archive, '-C', to]);
    rmSync(archive);
  }

  /** Packs on the node. The node continues if the panel stops waiting. @param {string} name */
  async #pack(name) {
    const before = new Set((await this.#list()).map((entry) => entry.name));
    const answer = await this.#change('compress', { root: '/', files: [name] }).catch(() => null);
    if (answer !== null) return answer.attributes.name;
    for (let last = -1; ; await pause(lookMs)) {
      const archive = (await this.#list()).find((entry) => !before.has(entry.name));
      if (archive !== undefined && archive.size > 0 && archive.size === last) return archive.name;
      last = archive?.size ?? -1;
    }
  }

  /** @param {string} name @param {string} target */
  async #download(name, target) {
    const path = `download?file=${encodeURIComponent(`/${name}`)}`;
    const { attributes } = await ask(this.place, `/servers/${this.place.uuid}/files/${path}`);
    await run('curl', ['--silent', '--fail', '--output', target, attributes.url]);
  }

  /** @returns {Promise<{ name: string, size: number, is_file: boolean }[]>} */
  async #list() {
    const { data } = await ask(this.place, `/servers/${this.place.uuid}/files/list?directory=%2F`);
    return data.map((/** @type {{ attributes: object }} */ { attributes }) => attributes);
  }

  /** @param {string} change @param {object} body */
  #change(change, body) {
    return ask(this.place, `/servers/${this.place.uuid}/files/${change}`, body);
  }
}

/** OpenSSH's sftp with a key that the panel knows. */
export class BySftp {
  /** @param {Place} place @param {{ host: string, port: number, user: string, key: string }} login */
  constructor(place, login) {
    this.place = place;
    this.login = login;
  }

  /** @param {Place} place */
  static async withKey(place) {
    const key = join(place.folder, 'id_ed25519');
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    await ask(place, '/account/ssh-keys', { name: 'bench', public_key: readFileSync(`${key}.pub`, 'utf8') });
    const { attributes } = await ask(place, `/servers/${place.uuid}`);
    const { username } = (await ask(place, '/account')).attributes;
    const { ip: host, port } = attributes.sftp_details;
    return new BySftp(place, { host, port, user: `${username}.${place.uuid.slice(0, 8)}`, key });
  }

  /** @param {string} source @param {string} target */
  async send(source, target) {
    await this.#run([`put -R "${source}" "${target}"`]);
  }

  /** @param {string} name @param {string} to */
  async fetch(name, to) {
    await this.#run([`get -R "/${name}" "${to}"`]);
  }

  /** @param {readonly string[]} orders */
  async #run(orders) {
    const { host, port, user, key } = this.login;
    await withList(this.place.folder, orders, (list) =>
      run(
        'sftp',
        [
          ...['-q', '-b', list, '-i', key, '-P', String(port)],
          ...[
            '-o',
            'StrictHostKeyChecking=no',
            '-o',
            'UserKnownHostsFile=/dev/null',
            '-o',
            'IdentityAgent=none',
          ],
          `${user}@${host}`,
        ],
        { maxBuffer: 64 * mebibyte },
      ),
    );
  }
}

/** Paths of the files below a folder. @param {string} folder */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
}

/** Runs a program that reads lines from a file. @param {string} folder @param {readonly string[]} lines @param {(file: string) => Promise<unknown>} work */
async function withList(folder, lines, work) {
  const file = join(folder, 'list.txt');
  writeFileSync(file, `${lines.join('\n')}\n`);
  try {
    await work(file);
  } finally {
    rmSync(file);
  }
}
