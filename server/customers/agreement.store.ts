import type { Transaction } from '../postgres/database.ts';

export const AGREEMENT_TYPES = ['MicrosoftCloudAgreement', 'MicrosoftCustomerAgreement'] as const;
export type AgreementType = (typeof AGREEMENT_TYPES)[number];

/** That a person of the customer accepted an agreement at a moment. */
export type Agreement = {
  readonly type: AgreementType;
  readonly templateId: string;
  readonly agreedAt: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phoneNumber: string | null;
  /** Who attested it; null: an application. */
  readonly userId: string | null;
};

/** What a partner attested of a customer, the newest first. */
export async function findAgreements(
  tx: Transaction,
  partnerId: string,
  customerId: string,
  type: AgreementType | undefined,
): Promise<Agreement[]> {
  return tx.query<Agreement>(
    `select type, template_id as "templateId", agreed_at as "agreedAt", first_name as "firstName", last_name as "lastName",
       email, phone_number as "phoneNumber", user_id as "userId"
     from agreements where customer_id = $1 and partner_id = $2 and ($3::text is null or type = $3)
     order by agreed_at desc, agreement_id desc`,
    [customerId, partnerId, type ?? null],
  );
}

/** False: there is one with the same details. */
export async function saveAgreement(
  tx: Transaction,
  ids: { readonly customerId: string; readonly partnerId: string; readonly agreementId: string; readonly at: string },
  agreement: Agreement,
): Promise<boolean> {
  const saved = await tx.query(
    `insert into agreements (customer_id, partner_id, agreement_id, created_at, type, template_id, agreed_at, first_name, last_name,
       email, phone_number, user_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing returning 1`,
    [
      ids.customerId,
      ids.partnerId,
      ids.agreementId,
      ids.at,
      agreement.type,
      agreement.templateId,
      agreement.agreedAt,
      agreement.firstName,
      agreement.lastName,
      agreement.email,
      agreement.phoneNumber,
      agreement.userId,
    ],
  );
  return saved.length > 0;
}
