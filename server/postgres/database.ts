import pg from 'pg';
import { type Ears, type Listening, listenOn } from './listening.ts';

/** An open transaction. A store function that writes takes one; the partner is already set in it. */
export type Transaction = {
  /** Runs one statement; a `name` makes it a prepared one, for the hot path. */
  query<Row extends object>(text: string, values?: readonly unknown[], name?: string): Promise<Row[]>;
};

export type Database = {
  /** Reads in one snapshot-free read-only transaction as this partner. */
  read<Value>(partnerId: string, work: (tx: Transaction) => Promise<Value>): Promise<Value>;
  /** Reads about one customer: row-level security asks once whether the partner is related to it, rather than for each row. */
  readOf<Value>(partnerId: string, customerId: string, work: (tx: Transaction) => Promise<Value>): Promise<Value>;
  /** Changes one customer as this partner: the customer's row is locked first, so that its acts happen one after the other. */
  change<Value>(partnerId: string, customerId: string, work: (tx: Transaction) => Promise<Value>): Promise<Value>;
  /** Writes as this partner without a customer's lock: quotes, path switches. */
  write<Value>(partnerId: string, work: (tx: Transaction) => Promise<Value>): Promise<Value>;
  /** As `write`, about one customer. */
  writeOf<Value>(partnerId: string, customerId: string, work: (tx: Transaction) => Promise<Value>): Promise<Value>;
  /** The server's own acts, past the partition by partner: migrations, sign-in, webhooks, demo and sandbox, and a customer that no partner has yet. */
  asSystem<Value>(work: (tx: Transaction) => Promise<Value>): Promise<Value>;
  /** One statement on its own, for questions that bring their own bounds. */
  ask<Row extends object>(text: string, values: readonly unknown[], name: string): Promise<Row[]>;
  /** Hears what is announced on a channel, on a connection of its own, until that is lost or stopped. */
  listen(channel: string, ears: Ears): Promise<Listening>;
  close(): Promise<void>;
};

export type DatabaseOptions = {
  readonly connectionString: string;
  /** How long one statement may take, waiting for locks included; 0: as long as it needs. */
  readonly timeoutMs: number;
  readonly connections?: number;
  /** Called for each round trip to the server. */
  readonly onRoundTrip?: (text: string) => void;
};

const RETRIES = 3;
/** PostgreSQL ends a slow statement itself, which keeps the connection; one that does not even do that hangs. */
const GRACE_MS = 500;
const HANGS = 'Query read timeout';
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';

export function openDatabase({
  connectionString,
  timeoutMs,
  connections = 16,
  onRoundTrip,
}: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString,
    max: connections,
    connectionTimeoutMillis: 5_000,
    ...(timeoutMs > 0 && { statement_timeout: timeoutMs, query_timeout: timeoutMs + GRACE_MS }),
    application_name: 'yukselt',
    types: { getTypeParser: parserOf },
  });
  // An idle connection that breaks is replaced; the next request finds out.
  pool.on('error', () => undefined);
  // One that breaks at work, too: its next statement fails. Without a listener the event would end the process.
  pool.on('connect', (client) => void client.on('error', () => undefined));

  async function transact<Value>(begin: string, work: (tx: Transaction) => Promise<Value>): Promise<Value> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(begin, work);
      } catch (error) {
        if (attempt >= RETRIES || !isRepeatable(error)) throw error;
      }
    }
  }

  async function once<Value>(begin: string, work: (tx: Transaction) => Promise<Value>): Promise<Value> {
    const client = await pool.connect();
    const send = async <Row extends object>(query: pg.QueryConfig): Promise<Row[]> => {
      onRoundTrip?.(query.text);
      return (await client.query<Row>(query)).rows;
    };
    let broken: Error | undefined;
    try {
      await send({ text: begin });
      const value = await work({
        query: (text, values, name) => send({ text, ...(values && { values: [...values] }), ...(name && { name }) }),
      });
      await send({ text: 'commit' });
      return value;
    } catch (error) {
      // A connection that hangs would not take a rollback either.
      if (hangs(error)) broken = error as Error;
      else await client.query('rollback').catch((failure: Error) => (broken = failure));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return {
    read: (partnerId, work) => transact(`begin read only; ${asPartner(partnerId)}`, work),
    readOf: (partnerId, customerId, work) => transact(`begin read only; ${asPartner(partnerId, customerId)}`, work),
    change: (partnerId, customerId, work) =>
      // One round trip; the lock is a statement of its own, so that all that follows sees what the holder before has written.
      transact(`begin; ${asPartner(partnerId, customerId)}; select hold_customer(${literal(customerId)})`, work),
    write: (partnerId, work) => transact(`begin; ${asPartner(partnerId)}`, work),
    writeOf: (partnerId, customerId, work) => transact(`begin; ${asPartner(partnerId, customerId)}`, work),
    asSystem: (work) => transact(`begin; select set_config('yukselt.system', 'on', true)`, work),
    async ask<Row extends object>(text: string, values: readonly unknown[], name: string) {
      onRoundTrip?.(text);
      return (await pool.query<Row>({ text, values: [...values], name })).rows;
    },
    listen: (channel, ears) => listenOn(connectionString, channel, ears),
    close: () => pool.end(),
  };
}

/** Whether an error means that the database cannot be reached now, rather than that a statement was wrong. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: string };
  // Canceled (57014) or without its lock (55P03): it took longer than it may.
  if (code && /^(08|57P0[1-4]|57014|55P03|53[0-9]{3}|E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|NOTFOUND))/.test(code))
    return true;
  return (
    hangs(error) ||
    /Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error|Cannot use a pool/.test(
      error.message,
    )
  );
}

/** Whether a statement got no answer at all, not even that it took too long. */
function hangs(error: unknown): boolean {
  return error instanceof Error && error.message === HANGS;
}

/** Whether the database refused a value: out of range, malformed or against a check (SQLSTATE class 22, 23514). */
export function refusesValue(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code !== undefined && /^(22\w{3}|23514)$/.test(code);
}

function isRepeatable(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === SERIALIZATION_FAILURE || code === DEADLOCK_DETECTED;
}

function asPartner(partnerId: string, customerId?: string): string {
  return customerId === undefined
    ? `select set_config('yukselt.partner_id', ${literal(partnerId)}, true)`
    : `select act_as(${literal(partnerId)}, ${literal(customerId)})`;
}

function literal(text: string): string {
  return pg.escapeLiteral(text);
}

const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;
const NUMERIC = 1700;

/** bigint as BigInt; days, moments and decimals as text, for Temporal and the money module. */
function parserOf(oid: number) {
  if (oid === INT8) return (text: string) => BigInt(text);
  if (oid === DATE || oid === TIMESTAMPTZ || oid === NUMERIC) return (text: string) => text;
  // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- the driver's types name only the built-in ones
  return pg.types.getTypeParser(oid);
}
