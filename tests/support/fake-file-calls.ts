import type { ServerFile } from '../../bridge/schema/files.js';
import { blobOf, fingerprintOf } from '../../main/sftp/key-pair.js';
import type { PanelApi } from '../../main/panel/api.js';
import { aServerFile } from './server-files.js';

/** The part of a fake panel about files. */
export abstract class FakeFileCalls {
  /** Files that every folder holds. */
  filesOfAll: ServerFile[] = [];
  files: PanelApi['files'] = (identifier, folder) =>
    this.answered(`files ${identifier} ${folder}`, () => this.filesOfAll);
  fileContents: PanelApi['fileContents'] = (identifier, path) =>
    this.answered(`fileContents ${identifier} ${path}`, () => new Uint8Array());
  writeFile: PanelApi['writeFile'] = (identifier, path, content) =>
    this.answered(`writeFile ${identifier} ${path} ${Buffer.from(content).toString()}`, () => undefined);
  renameFiles: PanelApi['renameFiles'] = (identifier, folder, files) =>
    this.#change(
      `renameFiles ${identifier} ${folder}`,
      files.map(({ from, to }) => `${from}>${to}`),
    );
  copyFile: PanelApi['copyFile'] = (identifier, path) => this.#change(`copyFile ${identifier}`, [path]);
  compressFiles: PanelApi['compressFiles'] = (identifier, folder, { files }) =>
    this.answered(`compressFiles ${identifier} ${folder} ${files.join(' ')}`, () => aServerFile('a.tar.gz'));
  decompressFile: PanelApi['decompressFile'] = (identifier, folder, file) =>
    this.#change(`decompressFile ${identifier} ${folder}`, [file]);
  deleteFiles: PanelApi['deleteFiles'] = (identifier, folder, files) =>
    this.#change(`deleteFiles ${identifier} ${folder}`, files);
  createFolder: PanelApi['createFolder'] = (identifier, folder, name) =>
    this.#change(`createFolder ${identifier} ${folder}`, [name]);
  chmodFiles: PanelApi['chmodFiles'] = (identifier, folder, files, mode) =>
    this.#change(`chmodFiles ${identifier} ${folder} ${mode}`, files);
  pullFile: PanelApi['pullFile'] = (identifier, folder, { url }) =>
    this.#change(`pullFile ${identifier} ${folder}`, [url]);
  fileLink: PanelApi['fileLink'] = (identifier) =>
    this.answered(`fileLink ${identifier}`, () => 'https://node.example.com/file');
  uploadLink: PanelApi['uploadLink'] = (identifier) =>
    this.answered(`uploadLink ${identifier}`, () => 'https://node.example.com/upload');

  /** SSH keys of the account. */
  registered: { name: string; fingerprint: string; createdAt: number | null }[] = [];
  sshKeys: PanelApi['sshKeys'] = () => this.answered('sshKeys', () => this.registered);

  addSshKey: PanelApi['addSshKey'] = (name, publicKey) =>
    this.answered(`addSshKey ${publicKey}`, () => {
      const key = {
        name,
        fingerprint: fingerprintOf(blobOf(publicKey)).replace('SHA256:', ''),
        createdAt: null,
      };
      this.registered.push(key);
      return key;
    });

  removeSshKey: PanelApi['removeSshKey'] = (fingerprint) =>
    this.answered(`removeSshKey ${fingerprint}`, () => {
      this.registered = this.registered.filter((key) => key.fingerprint !== fingerprint);
    });

  /** Records a call and answers it. */
  protected abstract answered<T>(call: string, answer: () => T): Promise<T>;

  #change(call: string, of: readonly string[]): Promise<void> {
    return this.answered(`${call} ${of.join(' ')}`, () => undefined);
  }
}
