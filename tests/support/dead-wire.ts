import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** TCP proxy that can stop forwarding without closing connections, like a router that lost its route. */
export class DeadWire {
  readonly #server = createServer((near) => this.#join(near));
  readonly #sockets = new Set<Socket>();
  #target = 0;
  #isMute = false;

  /** Listens and forwards to port `target`; returns its own port. */
  async start(target: number): Promise<number> {
    this.#target = target;
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  setMute(isMute: boolean): void {
    this.#isMute = isMute;
    for (const socket of this.#sockets)
      if (isMute) socket.pause();
      else socket.resume();
  }

  stop(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  #join(near: Socket): void {
    const far = connect(this.#target, '127.0.0.1');
    this.#pass(near, far);
    this.#pass(far, near);
  }

  #pass(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    from.on('data', (data) => to.write(data));
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
    if (this.#isMute) from.pause();
  }
}
