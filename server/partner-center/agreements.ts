import { z } from 'zod';
import { text } from '../../contract/values.ts';
import { type Agreement, AGREEMENT_TYPES } from '../customers/agreement.store.ts';
import { attestAgreement } from '../customers/attest-agreement.ts';
import { listAgreements } from '../customers/list-agreements.ts';
import type { Dialect, Given } from './dialect.ts';
import { faultOf } from './fault.ts';
import { collection, collectionOf, guid, kind, moment, resource } from './wire.ts';

const PATH = '/customers/:customerid/agreements';

const agreement = kind('Agreement', {
  primaryContact: z.object({
    firstName: z.string(),
    lastName: z.string(),
    email: z.string(),
    phoneNumber: z.string().optional(),
  }),
  templateId: guid,
  dateAgreed: moment,
  type: z.enum(AGREEMENT_TYPES),
  userId: guid.optional(),
});
const attestation = z.object({
  primaryContact: z.object({
    firstName: text(100),
    lastName: text(100),
    email: z.email().max(254),
    phoneNumber: text(50).optional(),
  }),
  templateId: guid,
  dateAgreed: z.stringFormat('datetime', (written) => momentOf(written) !== undefined),
  userId: guid.optional(),
});

/** Agreements that the partner attests a customer to have accepted. */
export function agreementResources(dialect: Dialect): void {
  dialect.get(
    PATH,
    {
      summary: 'What the partner attested of a customer, the newest first',
      query: { agreementType: `One of ${AGREEMENT_TYPES.join(', ')}; absent or *: all` },
      answer: collectionOf(agreement),
    },
    list,
  );
  dialect.post(
    PATH,
    {
      asks: 'manageCustomers',
      summary: 'Attest that a person of the customer accepted an agreement',
      body: attestation.extend({ type: z.enum(AGREEMENT_TYPES).default('MicrosoftCustomerAgreement') }),
      status: 201,
      answer: agreement,
    },
    attest,
  );
}

async function list({ call, id, query, wording }: Given) {
  const all = query.text('agreementType') === '*';
  const type = all ? undefined : query.choice('agreementType', AGREEMENT_TYPES);
  const listed = await listAgreements(call, id('customer'), type);
  if (!listed.ok) throw faultOf(listed.refused, wording);
  return collection(listed.value.map(present), `/customers/${id('customer')}/agreements`);
}

async function attest({ body, call, id, wording }: Given) {
  const { primaryContact, templateId, dateAgreed, userId } = body.parse(attestation, wording.language);
  const attested = await attestAgreement(call, id('customer'), {
    ...primaryContact,
    phoneNumber: primaryContact.phoneNumber ?? null,
    type: body.choice('type', AGREEMENT_TYPES) ?? 'MicrosoftCustomerAgreement',
    templateId: templateId.toLowerCase(),
    agreedAt: momentOf(dateAgreed)?.toString() ?? '',
    userId: userId?.toLowerCase() ?? null,
  });
  if (!attested.ok) throw faultOf(attested.refused, wording);
  return present(attested.value);
}

function present({ firstName, lastName, email, phoneNumber, ...one }: Agreement) {
  return resource(agreement, {
    primaryContact: { firstName, lastName, email, ...(phoneNumber !== null && { phoneNumber }) },
    templateId: one.templateId,
    dateAgreed: Temporal.Instant.from(one.agreedAt).toString(),
    type: one.type,
    userId: one.userId,
  });
}

/** A moment or a day; without a zone it is UTC. Undefined: neither. */
function momentOf(written: string): Temporal.Instant | undefined {
  for (const read of [
    () => Temporal.Instant.from(written),
    () => Temporal.PlainDateTime.from(written).toZonedDateTime('UTC').toInstant(),
  ]) {
    try {
      return read();
    } catch {
      // It is written in another way.
    }
  }
  return undefined;
}
