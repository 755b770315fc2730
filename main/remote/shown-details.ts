import { oneLine } from '../../bridge/console/plain-line.js';
import { withoutSecretTexts } from '../../bridge/redaction/secret-texts.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { RemoteDetails } from '../../bridge/schema/remote-entities.js';
import type { CallingClient } from './call.js';

const longestDescription = 2000;

/** The panel's facts about a server, for the command line. A program gets no description that looks secret. */
export function shownDetails(server: Server, { kind }: Pick<CallingClient, 'kind'>): RemoteDetails {
  const { description, internalId = null, sftp, dockerImage, egg = null, features = [], limits } = server;
  return {
    description: oneLine(
      kind === 'program' ? withoutSecretTexts(description) : description,
      longestDescription,
    ),
    number: internalId,
    sftp: sftp && { host: oneLine(sftp.host, 300), port: sftp.port },
    image: oneLine(dockerImage, 300),
    egg: egg && oneLine(egg, 200),
    features,
    limits,
  };
}
