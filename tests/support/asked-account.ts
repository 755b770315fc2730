/** Methods of the panel client for recorded requests about the account. */
import * as z from 'zod';
import type { Ask, Exchange } from './asked-client.js';

const accountSchema = z.looseObject({
  description: z.string().catch('x'),
  allowed_ips: z.array(z.string()).catch([]),
  email: z.string().catch('x'),
  username: z.string().catch('x'),
  password: z.string().catch('x'),
  current_password: z.string().catch('x'),
  name: z.string().catch('x'),
  public_key: z.string().catch('x'),
  fingerprint: z.string().catch('x'),
});

/** `rest` = path below `/account/`; null = Perch lacks this method. */
export function methodOfAccount(rest: string, { method, body }: Exchange['request']): Ask | null {
  const input = accountSchema.parse(body ?? {});
  const { password } = input;
  const [part = '', id = ''] = rest.split('/');
  switch (`${method} ${part}${id === '' ? '' : '/'}`) {
    case 'GET activity':
      return (client) => client.accountActivity({ page: 1 });
    case 'GET api-keys':
      return (client) => client.apiKeys();
    case 'POST api-keys':
      return (client) => client.createApiKey(input.description, input.allowed_ips);
    case 'DELETE api-keys/':
      return (client) => client.deleteApiKey(id);
    case 'PUT email':
      return (client) => client.changeEmail(input.email, password);
    case 'PUT username':
      return (client) => client.changeUsername(input.username, password);
    case 'PUT password':
      return (client) => client.changePassword(input.current_password, password);
    case 'GET ssh-keys':
      return (client) => client.sshKeys();
    case 'POST ssh-keys':
      return (client) => client.addSshKey(input.name, input.public_key);
    case 'POST ssh-keys/':
      return (client) => client.removeSshKey(input.fingerprint);
    case 'DELETE ssh-keys/':
      return (client) => client.removeSshKey(decodeURIComponent(id));
    default:
      return null;
  }
}
