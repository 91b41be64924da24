import pg from 'pg';

/** Told of what is announced, and once when nothing more will be heard, unless that was asked for. */
export type Ears = { heard(payload: string): void; lost(): void };

export type Listening = {
  /** Finds out whether the connection still answers; one that does not is lost. */
  check(): Promise<void>;
  stop(): Promise<void>;
};

const CONNECTS_WITHIN_MS = 5_000;
const ANSWERS_WITHIN_MS = 5_000;

/** Listens on a connection that nothing else uses: those of a pool come and go, and what they listened to with them. */
export async function listenOn(connectionString: string, channel: string, ears: Ears): Promise<Listening> {
  const client = new pg.Client({
    connectionString,
    application_name: 'yukselt-listen',
    connectionTimeoutMillis: CONNECTS_WITHIN_MS,
    query_timeout: ANSWERS_WITHIN_MS,
    keepAlive: true,
  });
  let over = false;
  let checking = false;
  const end = async (tell: boolean) => {
    if (over) return;
    over = true;
    if (tell) ears.lost();
    await client.end().catch(() => undefined);
  };
  client.on('error', () => void end(true));
  client.on('end', () => void end(true));
  client.on('notification', ({ payload = '' }) => ears.heard(payload));
  try {
    await client.connect();
    await client.query(`listen ${pg.escapeIdentifier(channel)}`);
  } catch (error) {
    await end(false);
    throw error;
  }
  return {
    async check() {
      if (checking || over) return;
      checking = true;
      await client.query('select 1').catch(() => end(true));
      checking = false;
    },
    stop: () => end(false),
  };
}
