import { foldForSearch } from '../core/values/fold.ts';
import type { SeedUser } from '../server/sandbox/world.ts';
import { subscriptionId, userId } from './ids.ts';

const TURKISH = {
  first: [
    'Ayşe',
    'Mehmet',
    'Zeynep',
    'Mustafa',
    'Elif',
    'Ahmet',
    'Çiğdem',
    'Ömer',
    'Şule',
    'İbrahim',
    'Gökçe',
    'Ümit',
    'Işıl',
    'Kağan',
    'Nazlı',
  ],
  last: ['Yılmaz', 'Öztürk', 'Şahin', 'Çelik', 'Aydın', 'Kılıç', 'Güneş'],
};
const INDIAN = {
  first: [
    'Ananya',
    'Rahul',
    'Priya',
    'Vikram',
    'Divya',
    'Arjun',
    'Meera',
    'Karthik',
    'Lakshmi',
    'Suresh',
    'Nisha',
    'Rohan',
    'Kavya',
  ],
  last: ['Iyer', 'Menon', 'Nair', 'Sharma', 'Patel', 'Reddy', 'Das'],
};

/** Clean users of a customer, each licensed for its first subscription. */
export function makeUsers(customer: number, count: number, domain: string, country: string): SeedUser[] {
  const names = country === 'IN' ? INDIAN : TURKISH;
  return Array.from({ length: count }, (_, index) => {
    const firstName = names.first[index % names.first.length] ?? '';
    const lastName = names.last[index % names.last.length] ?? '';
    const displayName = `${firstName} ${lastName}`;
    const address = `${foldForSearch(displayName).replaceAll(' ', '.')}@${domain}`;
    return {
      userId: userId(customer, index + 1),
      displayName,
      firstName,
      lastName,
      userPrincipalName: address,
      usageLocation: country,
      addresses: [address],
      licenses: [{ subscriptionId: subscriptionId(customer), switchedOff: [] }],
    };
  });
}
