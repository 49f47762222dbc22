/**
 * A link between tablet and server that can be made bad in twelve ways: a TCP proxy of its own process, seeded. What the tablet knows as
 * its server is this proxy, so nothing of the app or of the server is changed.
 */
import { createServer, connect, type Server, type Socket } from 'node:net';
import type { Chance } from '#tests/simulation/chance.ts';

export const FAULTS = [
  'refused',
  'reset',
  'silent',
  'requestCut',
  'answerCut',
  'answerLost',
  'answerTruncated',
  'garbled',
  'slow',
  'late',
  'portalPage',
  'portalJson'
] as const;
export type Fault = (typeof FAULTS)[number];
export type LinkWeather = Fault | 'good';

const PORTAL_PAGE = '<!doctype html><title>Guest network</title><p>Welcome. Accept the terms to go on.';
const PORTAL_JSON = '{"ok":true,"kind":"done","receipt":"welcome","welcome":"to the guest network"}';
const SLOW_BYTES_A_SECOND = 40_000;

export class BadLink {
  #weather: LinkWeather = 'good';
  readonly #sockets = new Set<Socket>();
  /** directions that stand still until the link is good again */
  readonly #stalled = new Set<() => void>();

  private constructor(
    readonly url: string,
    private readonly port: number,
    private readonly serverPort: number,
    private readonly proxy: Server,
    private readonly chance: Chance
  ) {}

  static async to(serverUrl: string, chance: Chance): Promise<BadLink> {
    const proxy = createServer();
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const address = proxy.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const link = new BadLink(`http://127.0.0.1:${port}`, port, Number(new URL(serverUrl).port), proxy, chance);
    proxy.on('connection', (socket) => {
      link.#take(socket);
    });
    return link;
  }

  get weather(): LinkWeather {
    return this.#weather;
  }

  /** Changes what becomes of every connection, those under way too. */
  async becomes(weather: LinkWeather): Promise<void> {
    if (weather === this.#weather) return;
    const before = this.#weather;
    this.#weather = weather;
    // The radio comes back: what stood still flows on. Anything else that changes breaks what was there.
    for (const flowOn of this.#stalled) flowOn();
    this.#stalled.clear();
    if (weather !== 'silent' && before !== 'silent') for (const socket of this.#sockets) socket.destroy();
    if (weather === 'refused') await new Promise((resolve) => this.proxy.close(resolve));
    else if (before === 'refused')
      await new Promise<void>((resolve) => this.proxy.listen(this.port, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (this.proxy.listening) await new Promise((resolve) => this.proxy.close(resolve));
  }

  #take(tablet: Socket): void {
    this.#keep(tablet);
    if (this.#weather === 'reset') {
      tablet.resetAndDestroy();
      return;
    }
    if (this.#weather === 'portalPage' || this.#weather === 'portalJson') {
      this.#answerAsPortal(tablet, this.#weather);
      return;
    }
    const server = connect(this.serverPort, '127.0.0.1');
    this.#keep(server);
    server.on('error', () => tablet.destroy());
    tablet.on('error', () => server.destroy());
    tablet.on('close', () => server.destroy());
    server.on('close', () => tablet.end());
    const cutAfter = 200 + this.chance.below(60_000);
    let up = 0;
    tablet.on('data', (bytes: Buffer) => {
      up += bytes.length;
      if (this.#weather === 'requestCut' && up > cutAfter) tablet.resetAndDestroy();
      else this.#pass(tablet, server, bytes);
    });
    server.on('data', (bytes: Buffer) => {
      switch (this.#weather) {
        case 'answerLost':
          tablet.resetAndDestroy();
          return;
        case 'answerCut':
          tablet.write(bytes.subarray(0, this.chance.below(bytes.length)));
          tablet.resetAndDestroy();
          return;
        case 'answerTruncated':
          tablet.end(bytes.subarray(0, this.chance.below(bytes.length)));
          return;
        case 'garbled':
          this.#pass(server, tablet, this.#garbled(bytes));
          return;
        default:
          this.#pass(server, tablet, bytes);
      }
    });
  }

  /** Hands bytes on, at once, late, slowly, or when the link is back. */
  #pass(from: Socket, to: Socket, bytes: Buffer): void {
    const waitMs =
      this.#weather === 'late'
        ? 500 + this.chance.below(2_500)
        : this.#weather === 'slow'
          ? (bytes.length / SLOW_BYTES_A_SECOND) * 1_000
          : 0;
    if (waitMs === 0 && this.#weather !== 'silent') {
      if (!to.write(bytes)) {
        from.pause();
        to.once('drain', () => from.resume());
      }
      return;
    }
    from.pause();
    const flowOn = (): void => {
      if (!to.destroyed) to.write(bytes);
      from.resume();
    };
    if (this.#weather === 'silent') this.#stalled.add(flowOn);
    else setTimeout(flowOn, waitMs);
  }

  #garbled(bytes: Buffer): Buffer {
    const changed = Buffer.from(bytes);
    const at = this.chance.below(changed.length);
    changed[at] = (changed[at] ?? 0) ^ (1 << this.chance.below(8));
    return changed;
  }

  #answerAsPortal(tablet: Socket, kind: 'portalPage' | 'portalJson'): void {
    tablet.on('error', () => tablet.destroy());
    tablet.once('data', () => {
      const [type, body] = kind === 'portalPage' ? ['text/html', PORTAL_PAGE] : ['application/json', PORTAL_JSON];
      tablet.end(
        `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`
      );
    });
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
  }
}
