import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SESSION_COOKIE } from '../../contract/sessions.ts';
import type { Config } from '../config.ts';
import { bearerOf } from '../http/bearer.ts';

const DEVICE_COOKIE = 'yukselt_device';
const DEVICE_SECONDS = 365 * 86_400;

/** The cookie that holds the token of a browser's session. */
export type SessionCookie = {
  /** The token of a request: a bearer token, or the cookie. */
  tokenOf(request: FastifyRequest): string | undefined;
  /** Whether a request is signed in by the cookie alone, which a browser sends by itself. */
  isUsedBy(request: FastifyRequest): boolean;
  set(reply: FastifyReply, token: string): void;
  clear(reply: FastifyReply): void;
  /** By what a browser is known in which somebody signed in before. */
  deviceOf(request: FastifyRequest): string | undefined;
  setDevice(reply: FastifyReply, device: string): void;
};

/**
 * Over HTTPS the cookie is Secure and has the prefix `__Host-`: no other host of the domain and no plain connection can set it
 * (RFC 6265bis section 4.1.3).
 */
export function createSessionCookie(config: Partial<Pick<Config, 'publicUrl' | 'tls'>>): SessionCookie {
  const secure = speaksHttps(config);
  const prefix = secure ? '__Host-' : '';
  const [name, device] = [prefix + SESSION_COOKIE, prefix + DEVICE_COOKIE];
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const;
  return {
    tokenOf: (request) => bearerOf(request) ?? request.cookies[name],
    isUsedBy: (request) => bearerOf(request) === undefined && request.cookies[name] !== undefined,
    set: (reply, token) => void reply.setCookie(name, token, options),
    deviceOf: (request) => request.cookies[device],
    setDevice: (reply, token) => void reply.setCookie(device, token, { ...options, maxAge: DEVICE_SECONDS }),
    clear: (reply) => void reply.clearCookie(name, options),
  };
}

/** Whether browsers reach the deployment by HTTPS, by itself or through a proxy. */
export function speaksHttps({ publicUrl, tls }: Partial<Pick<Config, 'publicUrl' | 'tls'>>): boolean {
  return publicUrl === undefined ? Boolean(tls) : publicUrl.startsWith('https:');
}
