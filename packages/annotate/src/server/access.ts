import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { AnnotateError } from './errors.js';

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares in a time that does not depend on where two secrets differ. */
const isSame = (given: string, secret: string): boolean => timingSafeEqual(digestOf(given), digestOf(secret));

/** 256 random bits. */
export const createSecret = (): string => randomBytes(32).toString('base64url');

/**
 * Access control: only pages of this origin that have exchanged the token for a cookie may use the server. A page of another site cannot,
 * even if its host name resolves to this machine (DNS rebinding).
 */
export class Access {
  readonly #token: string;
  readonly #session = createSecret();
  readonly #port: () => number;

  constructor(token: string, port: () => number) {
    this.#token = token;
    this.#port = port;
  }

  /** Throws an AnnotateError if a request is for another host, or comes from a page of another origin. */
  assertSameOrigin({ headers }: IncomingMessage): void {
    const hosts = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${this.#port()}`);
    const { host = '', origin } = headers;
    if (!hosts.includes(host.toLowerCase()))
      throw new AnnotateError('BAD_HOST', `This server is only for ${hosts[0]}; the request is for another host.`);
    const site = headers['sec-fetch-site'];
    const isOwn = origin === undefined || origin === `http://${host}`;
    if (!isOwn || (site !== undefined && site !== 'same-origin' && site !== 'none'))
      throw new AnnotateError('BAD_ORIGIN', 'The request comes from a page of another origin.');
  }

  /** The cookie for a token. Throws an AnnotateError if the token is wrong. */
  cookieFor(token: unknown): string {
    if (typeof token !== 'string' || !isSame(token, this.#token))
      throw new AnnotateError('BAD_TOKEN', 'The token is wrong; open the URL that "npm run annotate" printed.');
    return `${this.#name}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`;
  }

  /** Throws an AnnotateError if a request has no valid cookie. */
  assertSession({ headers }: IncomingMessage): void {
    const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
    const own = cookies.filter((cookie) => cookie.startsWith(`${this.#name}=`));
    if (!own.some((cookie) => isSame(cookie.slice(this.#name.length + 1), this.#session)))
      throw new AnnotateError('BAD_TOKEN', 'This page is not signed in; open the URL that "npm run annotate" printed.');
  }

  // Cookies are shared by all ports of a host.
  get #name(): string {
    return `dossier-annotate-${this.#port()}`;
  }
}
