import { requestBytes, writtenBytes, type RemoteFile, type RemoteFiles } from './sftp-files.js';

/** Requests that wait for the node at a time: 2 MiB of content. */
const mostAtOnce = 64;

/** Writes a content to an open file, with several requests under way. Resolves with the bytes when the node has them all. */
export async function writeParts(
  files: Pick<RemoteFiles, 'write'>,
  target: { readonly path: string; readonly file: RemoteFile },
  content: AsyncIterable<Uint8Array>,
  most = mostAtOnce,
): Promise<number> {
  const underWay = new Set<Promise<void>>();
  let at = 0;
  try {
    for await (const part of content) {
      for (let from = 0; from < part.length; from += writtenBytes) {
        const piece = Buffer.from(
          part.buffer,
          part.byteOffset + from,
          Math.min(writtenBytes, part.length - from),
        );
        const writing = files.write(target.path, target.file, piece, at + from);
        const ended = writing.then(() => void underWay.delete(ended));
        // `Promise.race` and `Promise.all` below hear of a failure.
        ended.catch(() => undefined);
        underWay.add(ended);
        if (underWay.size >= most) await Promise.race(underWay);
      }
      at += part.length;
    }
    await Promise.all(underWay);
    return at;
  } finally {
    await Promise.allSettled(underWay);
  }
}

/** Parts of an open file in order, with several requests under way. Ends at the end of the file. */
export async function* readParts(
  files: Pick<RemoteFiles, 'read'>,
  source: { readonly path: string; readonly file: RemoteFile; readonly bytes: number },
  most = mostAtOnce,
): AsyncGenerator<Uint8Array> {
  const underWay: { readonly at: number; readonly into: Buffer; readonly read: Promise<number> }[] = [];
  let asked = 0;
  const ask = (): void => {
    const into = Buffer.allocUnsafe(requestBytes);
    const read = files.read(source.path, source.file, into, asked);
    read.catch(() => undefined);
    underWay.push({ at: asked, into, read });
    asked += requestBytes;
  };
  try {
    // One request more than the known size finds a file that has grown.
    while (underWay.length < most && asked <= source.bytes) ask();
    for (let next = underWay.shift(); next !== undefined; next = underWay.shift()) {
      let got = await next.read;
      if (got === 0) return;
      yield next.into.subarray(0, got);
      // A node may send less than it was asked for.
      while (got < requestBytes) {
        const rest = Buffer.allocUnsafe(requestBytes - got);
        const more = await files.read(source.path, source.file, rest, next.at + got);
        if (more === 0) return;
        yield rest.subarray(0, more);
        got += more;
      }
      ask();
    }
  } finally {
    await Promise.allSettled(underWay.map(({ read }) => read));
  }
}
