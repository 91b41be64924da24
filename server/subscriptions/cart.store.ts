import type { Cart } from '../../core/subscriptions/cart.ts';
import type { PurchaseRequest } from '../../core/subscriptions/purchase.ts';
import type { TermDuration } from '../../core/values/period.ts';
import type { Transaction } from '../postgres/database.ts';

/** Carts that were begun before terms could be chosen have none in their lines. */
type LineJson = Omit<PurchaseRequest, 'termDuration' | 'endsOn'> & {
  readonly termDuration?: TermDuration;
  readonly endsOn?: string | null;
};
type CartRow = {
  customer_id: string;
  cart_id: string;
  lines: LineJson[];
  created_at: string;
  modified_at: string;
  modified_by: string;
  expires_at: string;
  ordered_at: string | null;
};

/** Undefined: no such cart of the partner, or one whose time is over. */
export async function findCart(
  tx: Transaction,
  partnerId: string,
  { customerId, cartId }: { customerId: string; cartId: string },
  now: Temporal.Instant,
): Promise<Cart | undefined> {
  const [row] = await tx.query<CartRow>(
    'select * from carts where customer_id = $1 and cart_id = $2 and partner_id = $3 and expires_at > $4',
    [customerId, cartId, partnerId, now.toString()],
  );
  return row && toCart(row);
}

/** Writes a new cart, or the new content of one that is there. */
export async function saveCart(tx: Transaction, partnerId: string, cart: Cart): Promise<void> {
  await tx.query(
    `insert into carts (customer_id, cart_id, partner_id, lines, created_at, modified_at, modified_by, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (customer_id, cart_id) do update set lines = excluded.lines, modified_at = excluded.modified_at,
       modified_by = excluded.modified_by`,
    [
      cart.customerId,
      cart.cartId,
      partnerId,
      JSON.stringify(cart.lines),
      cart.createdAt.toString(),
      cart.modifiedAt.toString(),
      cart.modifiedBy,
      cart.expiresAt.toString(),
    ],
  );
}

export async function saveOrdered(
  tx: Transaction,
  { customerId, cartId }: Pick<Cart, 'customerId' | 'cartId'>,
  at: Temporal.Instant,
): Promise<void> {
  await tx.query('update carts set ordered_at = $3 where customer_id = $1 and cart_id = $2', [
    customerId,
    cartId,
    at.toString(),
  ]);
}

function toCart(row: CartRow): Cart {
  return {
    customerId: row.customer_id,
    cartId: row.cart_id,
    lines: row.lines.map(({ endsOn, termDuration = 'P1Y', ...line }) => ({
      ...line,
      termDuration,
      endsOn: endsOn ? Temporal.PlainDate.from(endsOn) : null,
    })),
    createdAt: momentOf(row.created_at),
    modifiedAt: momentOf(row.modified_at),
    modifiedBy: row.modified_by,
    expiresAt: momentOf(row.expires_at),
    ordered: row.ordered_at !== null,
  };
}

function momentOf(text: string): Temporal.Instant {
  return Temporal.Instant.from(text);
}
