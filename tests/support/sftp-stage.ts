import { BackupStage } from './backup-stage.js';
import type { Who } from './control-stage.js';
import { SftpClient, type SftpAccess } from './sftp-client.js';
import { sshKeyPair } from './ssh-key-pair.js';

const usernames: Record<Who, string> = { owner: 'olive', subuser: 'sam', admin: 'ada' };

/** Sandbox with real nodes, which have SFTP servers; tests sign in as its users. */
export class SftpStage extends BackupStage {
  readonly #clients: SftpClient[] = [];

  override async stop(): Promise<void> {
    for (const client of this.#clients) client.end();
    await super.stop();
  }

  /** Where and as whom a user signs in, with the password. */
  async access(who: Who = 'owner', name = 'Survival'): Promise<SftpAccess> {
    const { text } = await this.control.on('admin', name, 'GET', '');
    const { attributes } = JSON.parse(text) as { attributes: { sftp_details: { port: number } } };
    const id = this.control.uuidOf(name).slice(0, 8);
    return {
      port: attributes.sftp_details.port,
      username: `${usernames[who]}.${id}`,
      password: this.control.passwordOf(who),
    };
  }

  async connect(who: Who = 'owner', name = 'Survival'): Promise<SftpClient> {
    return this.connectWith(await this.access(who, name));
  }

  async connectWith(access: SftpAccess): Promise<SftpClient> {
    const client = await SftpClient.connect(access);
    this.#clients.push(client);
    return client;
  }

  /** Makes a key and adds it to the user's account. */
  async registeredKey(who: Who = 'owner'): Promise<string> {
    const pair = sshKeyPair();
    const answer = await this.control.ask(who, 'POST', '/account/ssh-keys', {
      name: 'test',
      public_key: pair.public,
    });
    if (answer.status !== 200) throw new Error(answer.text);
    return pair.private;
  }
}
