import { z } from 'zod';
import { type Qualification, QUALIFICATIONS } from '../../core/customers/qualification.ts';
import { qualifyCustomer } from '../customers/qualify-customer.ts';
import { showProfiles } from '../customers/show-profiles.ts';
import type { Dialect, Given } from './dialect.ts';
import { Fault, faultOf } from './fault.ts';
import { Input } from './input.ts';
import { moment } from './wire.ts';

const PATH = '/customers/:customerid';

/** As the Java and the .NET SDK write the names. */
const ON_WIRE: Readonly<Record<Qualification, string>> = {
  none: 'none',
  education: 'education',
  nonprofit: 'nonprofit',
  governmentCommunityCloud: 'government_community_cloud',
  stateOwnedEntity: 'state_owned_entity',
};
const name = z.enum(Object.values(ON_WIRE));
const qualification = z.object({
  qualification: name,
  vettingStatus: z.literal('Approved'),
  vettingCreateDate: moment,
});

/** The segment that a customer belongs to. Both forms come bare: the older one as a text, the newer one as a list. */
export function qualificationResources(dialect: Dialect): void {
  dialect.get(
    `${PATH}/qualification`,
    { summary: 'The customer’s qualification', answer: name },
    async (given) => ON_WIRE[(await find(given)).qualification],
  );
  dialect.put(
    `${PATH}/qualification`,
    { asks: 'manageCustomers', summary: 'Qualify the customer, once and for good', body: name, answer: name },
    async (given) => {
      await qualify(given, new Input({ qualification: given.body.bare ?? given.body.text('qualification') }));
      return ON_WIRE[(await find(given)).qualification];
    },
  );
  dialect.get(
    `${PATH}/qualifications`,
    { summary: 'The customer’s qualifications', answer: z.array(qualification) },
    async (given) => presentAll(await find(given)),
  );
  dialect.post(
    `${PATH}/qualifications`,
    {
      asks: 'manageCustomers',
      summary: 'Qualify the customer, once and for good',
      body: z.object({ qualification: name }),
      status: 201,
      answer: qualification,
    },
    async (given) => {
      await qualify(given, given.body);
      return present(await find(given));
    },
  );
}

/** What a partner may not find out by itself is refused. */
async function qualify({ call, id, wording }: Given, asked: Input): Promise<void> {
  const found = asked.choice('qualification', QUALIFICATIONS);
  if (found === undefined || found === 'none' || found === 'nonprofit') {
    const settable = 'education, government_community_cloud, state_owned_entity';
    throw new Fault(400, 3000, `qualification must be one of ${settable}.`);
  }
  const qualified = await qualifyCustomer(call, id('customer'), found);
  if (!qualified.ok) throw faultOf(qualified.refused, wording);
}

async function find({ call, id, wording }: Given) {
  const shown = await showProfiles(call, id('customer'));
  if (!shown.ok) throw faultOf(shown.refused, wording);
  return shown.value;
}

type Qualified = Awaited<ReturnType<typeof find>>;

function presentAll(row: Qualified) {
  return row.qualified_at === null ? [] : [present(row)];
}

/** Nobody vets here: what a partner says holds at once. */
function present({ qualification, qualified_at }: Qualified) {
  const vettingCreateDate = Temporal.Instant.from(qualified_at ?? '').toString();
  return { qualification: ON_WIRE[qualification], vettingStatus: 'Approved' as const, vettingCreateDate };
}
