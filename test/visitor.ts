/** A browser as far as redirects and cookies go: what a sign-in by redirects needs. */
export class Visitor {
  readonly #cookies = new Map<string, Map<string, string>>();

  /** One request, with this visitor’s cookies of the host and port; a redirect is not followed. */
  async get(url: string): Promise<Response> {
    return this.#send(url, {});
  }

  async post(url: string, body: object): Promise<Response> {
    return this.#send(url, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  }

  async #send(url: string, asked: { method?: string; body?: string; headers?: Record<string, string> }) {
    const jar = this.cookiesOf(url);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...asked,
      redirect: 'manual',
      headers: { ...asked.headers, ...(cookie && { cookie }) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  /** Follows redirects until one leads to an address that begins so; returns that address. */
  async follow(url: string, until: string, choose: (url: string) => string = (same) => same): Promise<string> {
    let next = url;
    for (let step = 0; step < 12; step += 1) {
      const response = await this.get(choose(next));
      const location = response.headers.get('location');
      if (location === null) throw new Error(`${response.status} at ${next}: ${await response.text()}`);
      next = new URL(location, next).href;
      if (next.startsWith(until)) return next;
    }
    throw new Error(`no way to ${until}`);
  }

  cookiesOf(url: string): Map<string, string> {
    const { host } = new URL(url);
    const jar = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, jar);
    return jar;
  }
}
